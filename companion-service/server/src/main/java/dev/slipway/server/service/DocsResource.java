package dev.slipway.server.service;

import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Public;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * The contract for people: Swagger UI, with everything it needs. The page holds a caller's token while it tries operations,
 * so its policy lets it load from, and talk to, this service alone.
 */
@Path("/docs")
public final class DocsResource {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String OWN = "/docs/";

    /** @param resource where the bytes are on the class path */
    private record Asset(String resource, String type) {}

    private final Map<String, Asset> assets;

    public DocsResource() {
        String ui = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
        assets = Map.of(
                "start.js", new Asset(OWN + "start.js", "text/javascript"),
                "swagger-ui.css", new Asset(ui + "swagger-ui.css", "text/css"),
                "swagger-ui-bundle.js", new Asset(ui + "swagger-ui-bundle.js", "text/javascript"),
                "favicon-32x32.png", new Asset(ui + "favicon-32x32.png", "image/png"));
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in =
                DocsResource.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(Objects.requireNonNull(in, "Swagger UI is on the class path"));
        } catch (IOException e) {
            throw new UncheckedIOException("the version of Swagger UI cannot be read", e);
        }
        return properties.getProperty("version");
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Public
    public Response page() throws IOException {
        return answer(new Asset(OWN + "index.html", "text/html"));
    }

    @GET
    @Path("{file}")
    @Public
    public Response asset(@PathParam("file") String file) throws IOException {
        Asset asset = assets.get(file);
        if (asset == null) {
            throw ProblemException.notFound("file", file);
        }
        return answer(asset);
    }

    private static Response answer(Asset asset) throws IOException {
        try (InputStream in = DocsResource.class.getResourceAsStream(asset.resource())) {
            byte[] bytes = Objects.requireNonNull(in, asset.resource()).readAllBytes();
            return Response.ok(bytes, asset.type() + (asset.type().startsWith("text/") ? "; charset=utf-8" : ""))
                    .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                    .header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .build();
        }
    }
}

package dev.slipway.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.connection.ConnectionReport.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve("server.p12").toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private MockWebServer serverWithItsOwnAuthority() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-file",
                folder.resolve("ca.pem").toString());
        KeyStore keys = KeyStore.getInstance(folder.resolve("server.p12").toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        MockWebServer server = new MockWebServer();
        server.useHttps(context.getSocketFactory());
        server.start();
        server.enqueue(new MockResponse.Builder().body("{\"version\":\"1.0\"}").build());
        return server;
    }

    @Test
    void aCompanionWithItsOwnAuthorityIsTrustedWhenToldSo() throws Exception {
        try (MockWebServer server = serverWithItsOwnAuthority();
                InputStream ca = Files.newInputStream(folder.resolve("ca.pem"))) {
            OkHttpClient http = TrustedCertificates.read(ca)
                    .apply(new OkHttpClient.Builder())
                    .build();
            ConnectionCheck check = new ConnectionCheck(http, server.url("/").toString());
            assertThat(check.run(null).outcome()).isEqualTo(Outcome.ANONYMOUS);
        }
    }

    @Test
    void aCompanionWithItsOwnAuthorityIsNotTrustedOtherwise() throws Exception {
        try (MockWebServer server = serverWithItsOwnAuthority()) {
            ConnectionCheck check =
                    new ConnectionCheck(new OkHttpClient(), server.url("/").toString());
            assertThat(check.run(null).outcome()).isEqualTo(Outcome.CERTIFICATE);
        }
    }

    @Test
    void refusesWhatIsNoCertificate() {
        InputStream text = new ByteArrayInputStream("not a certificate".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> TrustedCertificates.read(text))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds something that is no certificate");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> TrustedCertificates.read(InputStream.nullInputStream()))
                .hasMessage("there is no certificate in it");
    }
}

package dev.slipway.client.steps;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.composes.ComposeSource;
import dev.slipway.client.SlipwayClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A temporary repository: asked for once, waited for until it is served. */
final class RemoteCompose implements RemoteWork {
    /** As in {@link Compose#state}. */
    private static final int DONE = 2;
    /** Bytes of a {@code .repo} text, which may hold keys. */
    private static final long MOST_TEXT = 1024 * 1024;

    private final ComposeRequest request;

    RemoteCompose(ComposeRequest request) {
        this.request = request;
    }

    @Override
    public String title() {
        ComposeSource source = request.source();
        List<String> from = new ArrayList<>();
        if (source.builds() != null) {
            from.add(Titles.builds(source.builds()));
        }
        from.addAll(Plain.orEmpty(source.repositories()));
        from.addAll(Plain.orEmpty(source.distributions()));
        return "Composing " + Titles.few(from);
    }

    @Override
    public String waitingFor(Memory memory) {
        Long id = memory.id();
        return id == null ? "asking for a compose" : "waiting for compose " + id;
    }

    @Override
    public void start(SlipwayClient client, StepSession session) throws IOException {
        Compose compose = client.composes().create(request, session.memory().key());
        session.memory().id(compose.id());
        Long reused = compose.reusedId();
        session.print("Compose " + compose.id()
                + (reused == null ? "" : ": an equal one is there already, the repository of compose " + reused));
    }

    @Override
    public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
        long id = Objects.requireNonNull(session.memory().id(), "a compose that was not asked for");
        Compose compose = client.composes().get(id);
        String given = compose.resultUrl();
        String url = given == null ? null : Links.absolute(client.api().base(), given);
        session.show(new Snapshot.ComposeSeen(compose, url));
        if (compose.state() < DONE) {
            return null;
        }
        if (compose.state() > DONE) {
            String reason = compose.stateReason();
            return Outcome.failed("compose " + id + " " + compose.stateName() + (reason == null ? "" : ": " + reason));
        }
        session.print("Compose " + id + ": " + compose.packageCount() + " packages at " + url + " until "
                + compose.timeToExpire());
        String repofile = compose.resultRepofile();
        return Outcome.succeeded(
                "compose " + id + " is done",
                Plain.map(
                        "id",
                        id,
                        "state",
                        compose.stateName(),
                        "url",
                        url,
                        "repoFile",
                        repofile == null ? null : text(repofile, client),
                        "repoFileUrl",
                        repofile == null ? null : Links.absolute(client.api().base(), repofile),
                        "packages",
                        compose.packageCount(),
                        "reused",
                        compose.reusedId() != null,
                        "reusedId",
                        compose.reusedId(),
                        "contentHash",
                        compose.contentHash(),
                        "expires",
                        compose.timeToExpire().toString()));
    }

    /** The companion may call itself by another name than the one by which it is reached from here. */
    private static String text(String repofile, SlipwayClient client) throws IOException {
        HttpUrl base = HttpUrl.get(client.api().base());
        HttpUrl named = base.resolve(repofile);
        String path = named == null ? repofile : named.encodedPath();
        String prefix = base.encodedPath().replaceAll("/+$", "");
        String own = path.startsWith(prefix + "/") || prefix.isEmpty() ? path : prefix + path;
        return client.api().at("GET", own).text(MOST_TEXT);
    }

    @Override
    public boolean cancel(SlipwayClient client, StepSession session) throws IOException {
        Long id = session.memory().id();
        if (id != null) {
            client.composes().delete(id);
            session.print("Compose " + id + " is removed");
        }
        return true;
    }
}

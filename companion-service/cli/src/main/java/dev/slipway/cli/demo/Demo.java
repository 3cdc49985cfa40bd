package dev.slipway.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.composes.ComposeSource;
import dev.slipway.api.distributions.DistributionRequest;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseRequest;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskRequest;
import dev.slipway.api.tasks.Task;
import dev.slipway.cli.Poll;
import dev.slipway.cli.apply.Applier;
import dev.slipway.cli.apply.Declaration;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import dev.slipway.worker.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The steps of the journey, against a companion and a worker that run already. */
final class Demo {
    static final String RPM = "demo9";
    static final String DEB = "bookworm";
    private static final List<String> PLATFORMS = List.of(RPM, DEB);
    private static final String DISTRIBUTION = "demo";
    private static final String KEY = "demo";

    private static final int SIGN_COMPLETED = 3;
    private static final int COMPOSE_DONE = 2;
    private static final int RELEASE_IN_PROGRESS = 2;
    private static final int RELEASE_COMPLETED = 3;
    private static final int RELEASE_REVERTED = 5;

    private final Steps steps;
    private final SlipwayClient client;
    private final DemoSources sources;
    private final DemoKey key;
    private final Clients clients;
    private final Path declaration;
    private final List<Long> builds = new ArrayList<>();
    private final List<Release> releases = new ArrayList<>();
    private Map<String, String> before = Map.of();

    Demo(
            Steps steps,
            SlipwayClient client,
            DemoSources sources,
            DemoKey key,
            Engine engine,
            Path declaration,
            Path directory)
            throws IOException {
        this.steps = steps;
        this.client = client;
        this.sources = sources;
        this.key = key;
        this.declaration = declaration;
        this.clients = new Clients(client, engine, key, directory);
    }

    void run() throws InterruptedException {
        steps.step("platforms, key and distribution applied", this::apply);
        steps.step("sources built for both platforms", () -> build(DemoSources.FIRST, List.of()));
        steps.step("a program built against the library just built", () -> build(DemoSources.SECOND, builds));
        steps.step("tests pass in fresh roots", this::test);
        steps.step("packages signed, every signature verified", this::sign);
        steps.step("composes made, reused, and listed by dnf and apt", this::compose);
        steps.step("releases planned, checked and committed", this::release);
        steps.step("installed by dnf and apt, and the programs run", this::install);
        steps.step("tampered packages and metadata refused", clients::refuseTampered);
        steps.step("releases undone, former metadata back", this::undo);
    }

    private String apply() throws IOException {
        List<Applier.Change> changes = new Applier(client)
                .apply(new Declaration(
                        List.of(new Declaration.DeclaredKey(
                                KEY, "made for the demo", Files.readString(key.certificate()), null, PLATFORMS)),
                        Declaration.read(declaration).platforms(),
                        List.of(),
                        List.of(new DistributionRequest(DISTRIBUTION, PLATFORMS, key.keyId(), Map.of(), null, null))));
        changes.forEach(c -> steps.say(c.kind() + " " + c.name() + ": " + c.what()));
        return changes.size() + " things declared";
    }

    private String build(List<String> names, List<Long> linked) throws IOException, InterruptedException {
        List<BuildRequest.SourceRequest> wanted = names.stream()
                .map(name ->
                        new BuildRequest.SourceRequest(sources.url(name), "demo", null, null, null, null, null, null))
                .toList();
        Build asked = client.builds()
                .create(
                        new BuildRequest(
                                PLATFORMS.stream()
                                        .map(p -> new BuildRequest.PlatformChoice(p, null, null, null))
                                        .toList(),
                                wanted,
                                List.copyOf(linked),
                                "independent",
                                null,
                                null,
                                null),
                        UUID.randomUUID().toString());
        steps.say("build " + asked.id() + " has " + asked.tasks().size() + " tasks");
        BuildProgress progress = new BuildProgress();
        Build build = Poll.until(() -> client.builds().get(asked.id()), seen -> {
            progress.news(seen).forEach(steps::say);
            return BuildProgress.built(seen);
        });
        Check.that(BuildProgress.succeeded(build), "build " + build.id() + " " + build.state());
        builds.add(build.id());
        long packages = build.tasks().stream()
                .flatMap(t -> t.artifacts().stream())
                .filter(a -> a.packageId() != null)
                .count();
        return "build " + build.id() + " made " + packages + " packages";
    }

    private String test() throws IOException, InterruptedException {
        int cases = 0;
        for (long id : builds) {
            BuildProgress progress = new BuildProgress();
            Build build = Poll.until(() -> client.builds().get(id), seen -> {
                progress.news(seen).forEach(steps::say);
                return BuildProgress.tested(seen);
            });
            Check.that(
                    build.testTasks().size() == PLATFORMS.size(),
                    "build " + id + " has tests for " + build.testTasks().size() + " platforms instead of "
                            + PLATFORMS.size());
            for (Build.TestTask test : build.testTasks()) {
                Task task = client.tasks().get(test.id());
                Check.that(
                        task.state().equals("succeeded"),
                        "tests of build " + id + " for " + test.platform() + " " + task.state() + ": " + task.error());
                cases += task.cases().size();
            }
        }
        return cases + " cases passed";
    }

    private String sign() throws IOException, InterruptedException {
        long keyRow = client.signing().keys().stream()
                .filter(k -> k.keyid().equals(key.keyId()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the companion does not know the demo's key"))
                .id();
        int signed = 0;
        for (long build : builds) {
            SignTask asked = client.signing().sign(new SignTaskRequest(build, keyRow));
            SignTask task = Poll.until(
                    () -> client.signing().tasks(build).stream()
                            .filter(t -> t.id() == asked.id())
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("sign task " + asked.id() + " is gone")),
                    seen -> seen.status() >= SIGN_COMPLETED);
            Check.that(task.status() == SIGN_COMPLETED, "signing build " + build + " failed: " + task.errorMessage());
            steps.say("build " + build + ": " + task.signedCount() + " signatures by "
                    + task.signKey().fingerprint());
            signed += task.signedCount();
        }
        return signed + " signatures";
    }

    private String compose() throws IOException, InterruptedException {
        List<String> seen = new ArrayList<>();
        for (String platform : PLATFORMS) {
            ComposeRequest request = new ComposeRequest(
                    new ComposeSource(builds, null, null, null),
                    platform,
                    null,
                    List.of(key.keyId()),
                    false,
                    false,
                    3600L,
                    false,
                    "demo",
                    null);
            Compose first = composed(request);
            Compose again = composed(request);
            Check.that(
                    again.contentHash() != null && again.contentHash().equals(first.contentHash()),
                    "the same request gave other content");
            Check.that(again.reusedId() != null, "compose " + again.id() + " was made anew instead of reused");
            Set<String> listed = clients.list(platform, first);
            Check.that(
                    listed.containsAll(Set.of("tidewords", "soundings", "portfacts")),
                    "the compose for " + platform + " lists only " + listed);
            steps.say("compose " + first.id() + " for " + platform + ": " + first.packageCount() + " packages at "
                    + first.resultUrl());
            steps.say("compose " + again.id() + " reuses compose " + again.reusedId());
            seen.add(platform + " lists " + listed.size());
        }
        return String.join(", ", seen);
    }

    private Compose composed(ComposeRequest request) throws IOException, InterruptedException {
        long id =
                client.composes().create(request, UUID.randomUUID().toString()).id();
        Compose compose = Poll.until(() -> client.composes().get(id), c -> c.state() >= COMPOSE_DONE);
        Check.that(compose.state() == COMPOSE_DONE, "compose " + id + " failed: " + compose.stateReason());
        return compose;
    }

    private String release() throws IOException, InterruptedException {
        before = clients.metadata(DISTRIBUTION);
        int placed = 0;
        for (String platform : PLATFORMS) {
            Release planned = client.releases()
                    .plan(
                            new ReleaseRequest(builds, null, platform, null, DISTRIBUTION, null, null, null),
                            UUID.randomUUID().toString());
            for (PlannedPackage one : planned.plan().packages()) {
                String targets = one.repositories().stream()
                        .map(r -> r.name() + (r.debug() ? " (debug)" : ""))
                        .collect(Collectors.joining(", "));
                steps.say(one.pkg().nevra() + " -> " + targets);
                placed += one.repositories().size();
            }
            planned.plan().checks().forEach(c -> {
                if (!c.state().equals("green")) {
                    steps.say("check " + c.check() + " is " + c.state() + ": " + c.message());
                }
            });
            Check.that(
                    planned.plan().checks().stream().noneMatch(c -> c.state().equals("red")),
                    "a check of release " + planned.id() + " is red");
            client.releases().commit(planned.id());
            Release released = ended(planned.id());
            Check.that(
                    released.status() == RELEASE_COMPLETED, "release " + planned.id() + " failed: " + released.error());
            releases.add(released);
        }
        return placed + " placements published";
    }

    private String install() throws IOException, InterruptedException {
        return clients.install(DISTRIBUTION);
    }

    private String undo() throws IOException, InterruptedException {
        Map<String, String> released = clients.metadata(DISTRIBUTION);
        Check.that(!released.equals(before), "the release changed no metadata");
        for (Release release : releases) {
            client.releases().revert(release.id());
            Release reverted = ended(release.id());
            Check.that(
                    reverted.status() == RELEASE_REVERTED,
                    "release " + release.id() + " was not undone: " + reverted.error());
        }
        Map<String, String> after = clients.metadata(DISTRIBUTION);
        Check.that(after.equals(before), "the metadata after the undo is not what it was before the release");
        return after.size() + " metadata files are what they were, byte for byte";
    }

    private Release ended(long id) throws IOException, InterruptedException {
        return Poll.until(() -> client.releases().get(id), r -> r.status() != RELEASE_IN_PROGRESS);
    }

    /** What is printed besides the table. */
    List<String> notes(String url) throws IOException {
        JsonNode status = client.api().at("GET", "/status").as(JsonNode.class);
        return List.of(
                "companion   " + url + " (version " + status.path("version").asText() + ")",
                "repositories " + url + "/repos/" + DISTRIBUTION + "/" + RPM + "/x86_64/ and " + url + "/repos/"
                        + DISTRIBUTION + "/" + DEB + "/");
    }
}

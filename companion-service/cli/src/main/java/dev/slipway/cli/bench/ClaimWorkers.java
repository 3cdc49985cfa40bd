package dev.slipway.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.Role;
import dev.slipway.cli.bench.Wire.Answer;
import dev.slipway.cli.bench.Wire.Request;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Registered workers, each with a token of its own and the next claim as soon as the last one is answered. */
final class ClaimWorkers {
    /** What the workers take, in turns. */
    static final List<List<String>> ARCHES =
            List.of(List.of("x86_64", "i686"), List.of("aarch64"), List.of("x86_64", "i686"), List.of("ppc64le"));

    private record Member(String name, String token) {}

    /** A task in a worker's hands. */
    record Claimed(long taskId, String leaseId, int worker) {}

    private final URI server;
    private final List<Member> members = new ArrayList<>();

    private ClaimWorkers(URI server) {
        this.server = server;
    }

    static ClaimWorkers register(URI server, String adminToken, int count) throws IOException {
        ClaimWorkers workers = new ClaimWorkers(server);
        try (Wire admin = new Wire(server, adminToken)) {
            for (int i = 0; i < count; i++) {
                String name = "bench-worker-" + i;
                String token = post(
                                admin,
                                "/api/v1/tokens/",
                                Map.of("name", "bench", "role", Role.WORKER.word(), "owner", name),
                                201)
                        .path("token")
                        .asText();
                try (Wire own = new Wire(server, token)) {
                    post(
                            own,
                            "/api/v1/workers/",
                            Map.of("name", name, "kinds", List.of("build"), "arches", ARCHES.get(i % ARCHES.size())),
                            200);
                }
                workers.members.add(new Member(name, token));
            }
        }
        return workers;
    }

    private static JsonNode post(Wire wire, String path, Object body, int expected) throws IOException {
        Answer answer = wire.send(Request.post(path, Json.mapper().writeValueAsString(body)));
        if (answer.status() != expected) {
            throw new IOException(path + " answered " + answer.status() + ": " + answer.text());
        }
        return Json.mapper().readTree(answer.body());
    }

    /** The claims of a run and how long they took. */
    record Claims(Latencies latencies, List<Claimed> claimed) {
        /** How many tasks were handed out more than once. */
        long doubles() {
            Set<Long> ids = new HashSet<>();
            return claimed.stream().filter(each -> !ids.add(each.taskId())).count();
        }
    }

    /** Claims that many tasks, all workers at the same time. */
    Claims claim(int count) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        List<Claiming> callers = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            callers.add(new Claiming(members.get(i), left));
        }
        Latencies latencies = Load.run(server, members.size(), callers::get);
        List<Claimed> claimed = new ArrayList<>();
        for (int i = 0; i < callers.size(); i++) {
            for (byte[] answer : callers.get(i).answers) {
                JsonNode task = Json.mapper().readTree(answer);
                if (!task.hasNonNull("id")) {
                    throw new IOException("a claim was answered without a task although there were ready ones");
                }
                claimed.add(new Claimed(
                        task.path("id").asLong(), task.path("lease").path("id").asText(), i));
            }
        }
        return new Claims(latencies, claimed);
    }

    /** Reports tasks as ones that could not run, each by the worker that holds it. */
    Latencies report(List<Claimed> tasks) throws IOException, InterruptedException {
        return Load.run(server, members.size(), number -> {
            List<Claimed> own =
                    tasks.stream().filter(task -> task.worker() == number).toList();
            AtomicInteger next = new AtomicInteger();
            String token = members.get(number).token();
            return new Load.Caller() {
                @Override
                public String token() {
                    return token;
                }

                @Override
                public @Nullable Request next() {
                    int index = next.getAndIncrement();
                    return index >= own.size() ? null : reportOf(own.get(index));
                }
            };
        });
    }

    private static Request reportOf(Claimed task) {
        return Request.post(
                "/api/v1/tasks/" + task.taskId() + "/report",
                "{\"lease_id\":\"" + task.leaseId() + "\",\"outcome\":\"error\",\"message\":\"bench\"}");
    }

    /** Keeps the answers as they came, to be read when nothing is measured. */
    private static final class Claiming implements Load.Caller {
        private final Member member;
        private final AtomicInteger left;
        private final Request request;
        private final List<byte[]> answers = new ArrayList<>();

        Claiming(Member member, AtomicInteger left) {
            this.member = member;
            this.left = left;
            this.request = Request.post("/api/v1/tasks/claim", "{\"worker\":\"" + member.name() + "\"}");
        }

        @Override
        public String token() {
            return member.token();
        }

        @Override
        public @Nullable Request next() {
            return left.decrementAndGet() < 0 ? null : request;
        }

        @Override
        public void answered(Answer answer) throws IOException {
            Load.Caller.super.answered(answer);
            answers.add(answer.body());
        }
    }
}

package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.tests.TestRestart;
import dev.slipway.api.tests.TestRun;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;

/** Tests of built packages. */
public final class Tests {
    private final Api api;

    Tests(Api api) {
        this.api = api;
    }

    /** Runs a build's tests again, as a new revision. */
    public TestRestart restartBuild(long buildId) throws IOException {
        return api.request("PUT", "tests", "build", buildId, "restart").as(TestRestart.class);
    }

    /** Per package of a build task, the results of the newest revision. */
    public List<TestRun> latest(long buildTaskId) throws IOException {
        return api.request("GET", "tests", buildTaskId, "latest").as(new TypeReference<List<TestRun>>() {});
    }
}

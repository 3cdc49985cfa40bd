package io.jenkins.plugins.okhttp.api;

import io.jenkins.plugins.slipway.signatures.Absent;
import okhttp3.OkHttpClient;

public class JenkinsOkHttpClient {
    private JenkinsOkHttpClient() {}

    public static OkHttpClient.Builder newClientBuilder(OkHttpClient httpClient) {
        throw Absent.code();
    }
}

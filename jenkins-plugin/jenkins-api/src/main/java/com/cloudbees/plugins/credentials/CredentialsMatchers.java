package com.cloudbees.plugins.credentials;

import io.jenkins.plugins.slipway.signatures.Absent;

public class CredentialsMatchers {
    private CredentialsMatchers() {}

    public static CredentialsMatcher instanceOf(Class clazz) {
        throw Absent.code();
    }

    public static CredentialsMatcher anyOf(CredentialsMatcher... matchers) {
        throw Absent.code();
    }
}

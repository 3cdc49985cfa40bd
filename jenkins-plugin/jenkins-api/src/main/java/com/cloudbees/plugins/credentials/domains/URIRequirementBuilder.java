package com.cloudbees.plugins.credentials.domains;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.slipway.signatures.Absent;
import java.util.List;

public class URIRequirementBuilder {
    private URIRequirementBuilder() {}

    @NonNull
    public static URIRequirementBuilder fromUri(@CheckForNull String uri) {
        throw Absent.code();
    }

    @NonNull
    public List<DomainRequirement> build() {
        throw Absent.code();
    }
}

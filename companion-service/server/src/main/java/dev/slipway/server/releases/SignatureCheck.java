package dev.slipway.server.releases;

import java.util.Set;
import java.util.TreeSet;

/** Whether a key that the distribution accepts vouches for the package. Cannot be forced. */
final class SignatureCheck {
    private static final String NAME = "signature";

    private SignatureCheck() {}

    static void check(Planned planned, ReleaseChecks.Inputs inputs, Findings findings) {
        var policy = inputs.policy();
        var signedBy = inputs.signatures().getOrDefault(planned.candidate().id(), Set.of());
        var wanted = policy.keyids();
        boolean good =
                wanted.isEmpty() ? !signedBy.isEmpty() : signedBy.stream().anyMatch(wanted::contains);
        var nevra = planned.candidate().nevra();
        if (good) {
            findings.green(planned, NAME, "signed by " + list(signedBy));
        } else if (!policy.signRequired()) {
            findings.yellow(
                    planned, NAME, nevra + (signedBy.isEmpty() ? " is not signed" : " is signed by " + list(signedBy)));
        } else if (signedBy.isEmpty()) {
            findings.red(
                    planned,
                    NAME,
                    nevra + " is not signed: sign build " + planned.candidate().buildId()
                            + (wanted.isEmpty() ? "" : " with key " + list(wanted)));
        } else {
            findings.red(
                    planned,
                    NAME,
                    nevra + " is signed by " + list(signedBy) + ", but the distribution asks for " + list(wanted));
        }
    }

    private static String list(Set<String> keyids) {
        return String.join(", ", new TreeSet<>(keyids));
    }
}

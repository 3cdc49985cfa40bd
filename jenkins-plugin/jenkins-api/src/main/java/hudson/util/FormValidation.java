package hudson.util;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.slipway.signatures.Absent;
import java.io.IOException;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;

public abstract class FormValidation extends IOException implements HttpResponse {
    private FormValidation() {}

    public static FormValidation error(String message) {
        throw Absent.code();
    }

    public static FormValidation warning(String message) {
        throw Absent.code();
    }

    public static FormValidation ok(String message) {
        throw Absent.code();
    }

    public static FormValidation ok() {
        throw Absent.code();
    }

    public static FormValidation aggregate(@NonNull Collection<? extends FormValidation> validations) {
        throw Absent.code();
    }
}

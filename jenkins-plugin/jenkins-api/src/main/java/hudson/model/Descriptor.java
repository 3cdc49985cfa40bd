package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.slipway.signatures.Absent;
import jenkins.model.Loadable;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable {
    protected Descriptor(Class<? extends T> clazz) {}

    protected Descriptor() {}

    @NonNull
    public String getDisplayName() {
        throw Absent.code();
    }

    public T newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        throw Absent.code();
    }

    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        throw Absent.code();
    }

    @Override
    public synchronized void save() {
        throw Absent.code();
    }

    @Override
    public synchronized void load() {
        throw Absent.code();
    }

    public static final class FormException extends Exception implements HttpResponse {
        public FormException(String message, String formField) {}

        public FormException(String message, Throwable cause, String formField) {}
    }
}

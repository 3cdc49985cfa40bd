package hudson.security;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.slipway.signatures.Absent;
import org.springframework.security.access.AccessDeniedException;

public interface AccessControlled {
    @NonNull
    ACL getACL();

    default void checkPermission(@NonNull Permission permission) throws AccessDeniedException {
        throw Absent.code();
    }

    default boolean hasPermission(@NonNull Permission permission) {
        throw Absent.code();
    }
}

package io.jenkins.plugins.slipway.servers;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import dev.slipway.client.follow.Masking;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Sign keys and their passphrases: found with the rights of the run, and written nowhere but where they are used. */
@Restricted(NoExternalUse.class)
public final class SignCredentials {
    private SignCredentials() {}

    /**
     * Writes the key's bytes into a file of a directory that is private already.
     *
     * @return what of it is to be masked
     * @throws AbortException when the run may use no such key
     */
    @NonNull
    public static List<String> writeKey(@NonNull Run<?, ?> run, @NonNull String id, @NonNull FilePath file)
            throws IOException, InterruptedException {
        try (InputStream content = find(run, id, FileCredentials.class).getContent()) {
            byte[] key = content.readAllBytes();
            file.copyFrom(new ByteArrayInputStream(key));
            return Masking.key(key);
        }
    }

    /**
     * Writes the passphrase into a file of a directory that is private already.
     *
     * @return the passphrase, to be masked
     * @throws AbortException when the run may use no such passphrase
     */
    @NonNull
    public static String writePassphrase(@NonNull Run<?, ?> run, @NonNull String id, @NonNull FilePath file)
            throws IOException, InterruptedException {
        String passphrase = find(run, id, StringCredentials.class).getSecret().getPlainText();
        file.write(passphrase, "UTF-8");
        return passphrase;
    }

    private static <C extends StandardCredentials> C find(Run<?, ?> run, String id, Class<C> type)
            throws AbortException {
        C found = CredentialsProvider.findCredentialById(id, type, run, List.of());
        if (found == null) {
            throw new AbortException(Messages.SignCredentials_missing(id));
        }
        CredentialsProvider.track(run, found);
        return found;
    }

    /** The secret files of an item. */
    @NonNull
    public static ListBoxModel keys(@CheckForNull Item item, @CheckForNull String current) {
        return ServerCredentials.list(
                item, null, current, FileCredentials.class, CredentialsMatchers.instanceOf(FileCredentials.class));
    }

    /** The secret texts of an item. */
    @NonNull
    public static ListBoxModel passphrases(@CheckForNull Item item, @CheckForNull String current) {
        return ServerCredentials.list(
                item, null, current, StringCredentials.class, CredentialsMatchers.instanceOf(StringCredentials.class));
    }

    /** For those who may not see which credentials there are: only what is selected already. */
    @NonNull
    public static ListBoxModel listOnly(@CheckForNull String current) {
        return ServerCredentials.listOnly(current);
    }
}

package io.jenkins.plugins.slipway.servers;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** What several tests configure. */
public final class Fixtures {
    private Fixtures() {}

    public static SlipwayServer server(String id, String url, String credentialsId) {
        SlipwayServer server = new SlipwayServer(id, url);
        server.setCredentialsId(credentialsId);
        return server;
    }

    public static void token(CredentialsScope scope, String id, String text) throws Exception {
        add(new StringCredentialsImpl(scope, id, "a token", Secret.fromString(text)));
    }

    public static void client(CredentialsScope scope, String id, String name, String secret) throws Exception {
        add(new UsernamePasswordCredentialsImpl(scope, id, "a client", name, secret));
    }

    public static FileCredentialsImpl file(CredentialsScope scope, String id, String content) {
        return new FileCredentialsImpl(
                scope, id, "a file", id, SecretBytes.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
    }

    public static void add(Credentials credentials) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(credentials);
        provider.save();
    }
}

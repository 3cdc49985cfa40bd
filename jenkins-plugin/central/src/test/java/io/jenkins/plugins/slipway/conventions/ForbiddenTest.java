package io.jenkins.plugins.slipway.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.slipway.check.ClassFiles;
import io.jenkins.plugins.slipway.check.References;
import io.jenkins.plugins.slipway.check.References.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.ClassNode;

/** What no plugin may do. */
class ForbiddenTest {
    /** Guava is outdated on a controller; this one is what saving the state of a step answers with. */
    private static final String RESULT_OF_SAVING = "com/google/common/util/concurrent/ListenableFuture";

    private static List<String> uses(Predicate<Use> forbidden) throws IOException {
        List<String> found = new ArrayList<>();
        for (ClassNode node : ClassFiles.ofPlugin().values()) {
            for (Use use : References.of(node).uses()) {
                if (forbidden.test(use)) {
                    found.add(node.name + "." + use.in() + ": " + use.owner() + "." + use.name());
                }
            }
        }
        return found;
    }

    private static List<String> types(Predicate<String> forbidden) throws IOException {
        List<String> found = new ArrayList<>();
        for (ClassNode node : ClassFiles.ofPlugin().values()) {
            References.of(node).types().stream().filter(forbidden).forEach(type -> found.add(node.name + ": " + type));
        }
        return found;
    }

    @Test
    void startsNoProgramOnTheController() throws IOException {
        assertThat(types(t -> t.equals("java/lang/ProcessBuilder"))).isEmpty();
        assertThat(uses(u -> u.owner().equals("java/lang/Runtime") && u.name().equals("exec")))
                .isEmpty();
    }

    @Test
    void answersNoAgent() throws IOException {
        assertThat(types(t -> t.contains("SlaveToMaster") || t.contains("AgentToController")))
                .isEmpty();
    }

    /** Anonymous ones and lambdas name what they are, as all others do. */
    @Test
    void sendsAgentsNoCode() throws IOException {
        assertThat(types(t -> t.equals("hudson/remoting/Callable")
                        || t.endsWith("/MasterToSlaveCallable")
                        || t.endsWith("FileCallable")))
                .isEmpty();
    }

    @Test
    void asksForJenkinsOnlyWhenItRuns() throws IOException {
        assertThat(uses(u -> (u.in().equals("<clinit>") || u.in().equals("<init>"))
                        && (u.owner().equals("jenkins/model/Jenkins")
                                || u.owner().equals("hudson/ExtensionList"))))
                .isEmpty();
    }

    @Test
    void showsNoTextAsMarkup() throws IOException {
        assertThat(uses(u -> u.name().endsWith("WithMarkup")
                        || u.name().equals("literalHtml")
                        || (u.owner().equals("hudson/util/FormValidation")
                                && u.name().equals("respond"))))
                .isEmpty();
    }

    @Test
    void usesNoOutdatedInterfaces() throws IOException {
        assertThat(types(t -> t.startsWith("javax/servlet/")
                        || t.startsWith("org/apache/commons/lang/")
                        || t.startsWith("org/acegisecurity/")
                        || (t.startsWith("com/google/common/") && !t.equals(RESULT_OF_SAVING))
                        || t.equals("org/kohsuke/stapler/StaplerRequest")
                        || t.equals("org/kohsuke/stapler/StaplerResponse")
                        || t.equals("org/kohsuke/stapler/bind/JavaScriptMethod")))
                .isEmpty();
    }

    @Test
    void reachesOthersOnlyThroughTheControllersProxy() throws IOException {
        assertThat(types(t -> t.equals("java/net/Socket")
                        || t.equals("java/net/HttpURLConnection")
                        || t.startsWith("java/net/http/")))
                .isEmpty();
        assertThat(uses(u -> u.owner().equals("java/net/URL") && u.name().startsWith("open")))
                .isEmpty();
        assertThat(uses(u -> u.owner().equals("okhttp3/OkHttpClient$Builder")
                        && u.name().equals("<init>")
                        && !u.in().equals("<clinit>")))
                .isEmpty();
    }

    @Test
    void neverGivesUpCheckingCertificates() throws IOException {
        assertThat(uses(u -> u.name().equals("hostnameVerifier") || u.name().equals("sslSocketFactory")))
                .isEmpty();
        assertThat(types(t -> t.endsWith("TrustManager") || t.endsWith("HostnameVerifier")))
                .isEmpty();
    }

    @Test
    void opensSecretsWhereTheyAreUsedAndNowhereElse() throws IOException {
        assertThat(uses(u -> u.owner().equals("hudson/util/Secret")))
                .isNotEmpty()
                .allMatch(where -> where.startsWith("io/jenkins/plugins/slipway/servers/ServerTokens.of")
                        || where.startsWith("io/jenkins/plugins/slipway/servers/SignCredentials.write"));
    }

    @Test
    void writesToTheLogAndNotToTheConsole() throws IOException {
        assertThat(uses(u -> u.owner().equals("java/lang/System")
                        && (u.name().equals("out")
                                || u.name().equals("err")
                                || u.name().equals("exit"))))
                .isEmpty();
        assertThat(uses(u -> u.name().equals("printStackTrace"))).isEmpty();
    }

    @Test
    void offersNoInterfaceToOtherPlugins() throws IOException {
        assertThat(ClassFiles.ofPlugin().values().stream()
                        .filter(n -> (n.access & org.objectweb.asm.Opcodes.ACC_PUBLIC) != 0)
                        .filter(n -> n.visibleAnnotations == null
                                || n.visibleAnnotations.stream()
                                        .noneMatch(a -> a.desc.equals("Lorg/kohsuke/accmod/Restricted;")))
                        .map(n -> n.name))
                .isEmpty();
    }

    @Test
    void onlyTheFolderPackageNamesTheFolderPlugin() throws IOException {
        assertThat(types(t -> t.startsWith("com/cloudbees/hudson/plugins/folder/")))
                .isNotEmpty()
                .allMatch(where -> where.startsWith("io/jenkins/plugins/slipway/folders/"));
        assertThat(types(t -> t.startsWith("io/jenkins/plugins/slipway/folders/")))
                .allMatch(where -> where.startsWith("io/jenkins/plugins/slipway/folders/"));
    }
}

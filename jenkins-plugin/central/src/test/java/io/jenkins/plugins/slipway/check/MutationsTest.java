package io.jenkins.plugins.slipway.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.tree.ClassNode;

/** The checks themselves are put to the test: each of these mistakes compiles, and each breaks on a controller. */
class MutationsTest {
    @TempDir
    private Path folder;

    private SortedSet<String> stub(String name, String source) throws Exception {
        return StubCheck.of(Mutant.compile(folder, Map.of(name, source)), SurfaceTable.read())
                .problems();
    }

    private SortedSet<String> use(String body) throws Exception {
        return ReferenceCheck.of(
                        Mutant.compile(folder, Map.of("own/Probe", "package own; " + body)), SurfaceTable.read())
                .problems();
    }

    @Test
    void aMethodThatMeetsAHiddenOneOfItsSuperclassIsFound() throws Exception {
        String source = "package own; public class Probe extends jenkins.model.GlobalConfiguration {"
                + " public String find(String id) { return id; } }";
        assertThat(OverrideCheck.problems(Mutant.compile(folder, Map.of("own/Probe", source)), SurfaceTable.read()))
                .containsExactly("own/Probe.find(Ljava/lang/String;)Ljava/lang/String;"
                        + " meets a deprecated or restricted member of hudson/model/Descriptor");
    }

    @Test
    void anOverrideWithAnotherResultIsFound() throws Exception {
        // The signatures leave this method out, so javac has no objection.
        String source = "package own; public class Probe extends hudson.model.Descriptor<io.jenkins.plugins.slipway"
                + ".servers.SlipwayServer> { public int getId() { return 1; } }";
        assertThat(OverrideCheck.problems(Mutant.compile(folder, Map.of("own/Probe", source)), SurfaceTable.read()))
                .containsExactly("own/Probe.getId()I returns something else than in hudson/model/Descriptor");
    }

    @Test
    void aSignatureWithAnotherResultIsFound() throws Exception {
        assertThat(stub(
                        "hudson/AbortException",
                        "package hudson; public class AbortException extends java.io.IOException {"
                                + " public AbortException() {} public long join() { return 0; } }"))
                .containsExactly("hudson/AbortException.join()J: not in the table");
    }

    @Test
    void anAnnotationThatIsNotKeptIsFound() throws Exception {
        assertThat(stub(
                        "org/kohsuke/stapler/DataBoundSetter",
                        "package org.kohsuke.stapler; @java.lang.annotation.Retention("
                                + "java.lang.annotation.RetentionPolicy.CLASS) public @interface DataBoundSetter {}"))
                .containsExactly("org/kohsuke/stapler/DataBoundSetter: not kept at run time");
    }

    @Test
    void anInterfaceTurnedIntoAClassIsFound() throws Exception {
        assertThat(stub("hudson/ExtensionPoint", "package hudson; public abstract class ExtensionPoint {}"))
                .contains("hudson/ExtensionPoint: is class, should be interface");
    }

    @Test
    void aMethodTurnedStaticIsFound() throws Exception {
        assertThat(stub(
                        "hudson/util/Secret",
                        "package hudson.util; public final class Secret implements java.io.Serializable {"
                                + " private Secret() {} public static String getPlainText() { return null; } }"))
                .containsExactly("hudson/util/Secret.getPlainText()Ljava/lang/String;: static or not differs");
    }

    @Test
    void aMissingCheckedExceptionIsFound() throws Exception {
        assertThat(stub("hudson/model/Saveable", "package hudson.model; public interface Saveable { void save(); }"))
                .containsExactly("hudson/model/Saveable.save()V: throws [], should be [java/io/IOException]");
    }

    @Test
    void aConstantThatWouldBeCopiedIntoThePluginIsFound() throws Exception {
        assertThat(stub(
                        "hudson/model/Run",
                        "package hudson.model; public abstract class Run {"
                                + " private Run() {} public static final long QUEUE_ID_UNKNOWN = 7; }"))
                .contains("hudson/model/Run.QUEUE_ID_UNKNOWN: constant 7, should be -1");
    }

    @Test
    void aCallThatNoControllerAnswersIsFound() throws Exception {
        String invented = "package hudson; public class Util { public static void invented() {} }";
        assertThat(ReferenceCheck.of(
                                Mutant.compile(
                                        folder,
                                        Map.of(
                                                "hudson/Util",
                                                invented,
                                                "own/Probe",
                                                "package own; class Probe { void run() { hudson.Util.invented(); } }")),
                                SurfaceTable.read())
                        .problems())
                .isEmpty(); // as the plugin's own class it exists …
        SortedMap<String, ClassNode> classes = ClassFiles.in(folder);
        classes.remove("hudson/Util");
        assertThat(ReferenceCheck.of(classes, SurfaceTable.read()).problems())
                .containsExactly("own/Probe: there is no hudson/Util.invented()V"); // … as Jenkins' it does not
    }

    @Test
    void whatIsDeprecatedOrRestrictedIsFound() throws Exception {
        assertThat(use("@hudson.Extension(optional = true) class Probe {}")).isEmpty();
        String deprecated = "package hudson.model; public abstract class Descriptor {"
                + " public static Descriptor find(String id) { return null; } }";
        SortedMap<String, ClassNode> classes = Mutant.compile(
                folder,
                Map.of(
                        "hudson/model/Descriptor",
                        deprecated,
                        "own/Other",
                        "package own; class Other { Object run() { return hudson.model.Descriptor.find(\"x\"); } }"));
        classes.remove("hudson/model/Descriptor");
        assertThat(ReferenceCheck.of(classes, SurfaceTable.read()).problems())
                .containsExactly(
                        "own/Other: deprecated or restricted: hudson/model/Descriptor.find(Ljava/lang/String;)Lhudson/model/Descriptor;");
    }
}

package io.jenkins.plugins.slipway.conventions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import dev.slipway.client.follow.CleanText;
import hudson.model.AdministrativeMonitor;
import java.nio.file.Path;
import java.util.Set;

/** Which way the plugin's parts may name each other and what is below them. */
@AnalyzeClasses(locations = ArchitectureTest.ThePlugin.class)
final class ArchitectureTest {
    static final class ThePlugin implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            return Set.of(Location.of(Path.of(System.getProperty("plugin.classes"))));
        }
    }

    private static final String PLUGIN = "io.jenkins.plugins.slipway";

    /** What calls a companion, or leads to a call. An address alone calls nobody. */
    private static final DescribedPredicate<JavaClass> WHAT_CALLS_A_COMPANION = resideInAnyPackage(
                    "dev.slipway.client",
                    "dev.slipway.client.auth..",
                    "dev.slipway.client.connection..",
                    "dev.slipway.client.http..",
                    "okhttp3..")
            .and(DescribedPredicate.not(nameMatching("okhttp3\\.HttpUrl(\\$.*)?")))
            .as("what calls a companion");

    @ArchTest
    static final ArchRule STEPS_AND_FOLDERS_STAND_ON_SERVERS_AND_RUNS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("steps")
            .definedBy(PLUGIN + ".steps..")
            .layer("folders")
            .definedBy(PLUGIN + ".folders..")
            .layer("servers")
            .definedBy(PLUGIN + ".servers..")
            .layer("runs")
            .definedBy(PLUGIN + ".runs..")
            .whereLayer("steps")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("folders")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("servers")
            .mayOnlyBeAccessedByLayers("steps", "folders")
            .whereLayer("runs")
            .mayOnlyBeAccessedByLayers("steps");

    /** Whoever adds a package says above where it stands. */
    @ArchTest
    static final ArchRule THERE_ARE_NO_OTHER_PARTS = classes()
            .should()
            .resideInAnyPackage(PLUGIN + ".steps", PLUGIN + ".folders", PLUGIN + ".servers", PLUGIN + ".runs");

    /** Neither the server nor the worker is inside the plugin: they are reached through the client, or as a program. */
    @ArchTest
    static final ArchRule IT_KNOWS_THE_CLIENT_AND_JENKINS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    PLUGIN + "..",
                    "io.jenkins.plugins.okhttp.api",
                    "dev.slipway.client..",
                    "dev.slipway.api..",
                    "java..",
                    "javax.security.auth..",
                    "jakarta.servlet..",
                    "hudson..",
                    "jenkins..",
                    "org.jenkinsci..",
                    "org.jvnet.localizer",
                    "org.kohsuke..",
                    "org.springframework.security..",
                    "com.cloudbees..",
                    "com.google.common.util.concurrent",
                    "net.sf.json",
                    "edu.umd.cs.findbugs.annotations",
                    "okhttp3..");

    /** One class runs the remote work of all waiting steps; the steps themselves say what they want and no more. */
    @ArchTest
    static final ArchRule STEPS_LEAVE_THE_CALLS_TO_THEIR_DRIVER = noClasses()
            .that()
            .resideInAPackage(PLUGIN + ".steps..")
            .and()
            .doNotHaveSimpleName("StepDriver")
            .should()
            .dependOnClassesThat(WHAT_CALLS_A_COMPANION);

    /** A page must not wait for somebody else's machine: it shows what the run has kept. */
    @ArchTest
    static final ArchRule PAGES_AND_MONITORS_CALL_NOBODY = noClasses()
            .that(resideInAnyPackage(PLUGIN + ".runs..", PLUGIN + ".folders..")
                    .or(assignableTo(AdministrativeMonitor.class)))
            .should()
            .dependOnClassesThat(WHAT_CALLS_A_COMPANION);

    /** What a run keeps has a form of its own, so that old runs stay readable when the companion's answers grow. */
    @ArchTest
    static final ArchRule PAGES_DRIVE_NO_REMOTE_WORK = noClasses()
            .that()
            .resideInAPackage(PLUGIN + ".runs..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("dev.slipway.client.steps..", "dev.slipway.client.follow..", "dev.slipway.api..")
                            .and(not(type(CleanText.class))));
}

package dev.slipway.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.client", importOptions = ArchitectureTest.NoTests.class)
final class ArchitectureTest {
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule PARTS_FORM_NO_CYCLE =
            slices().matching("dev.slipway.client.(*)..").should().beFreeOfCycles();

    /** It runs in Jenkins, in workers and in the program: it knows neither of them, nor the server. */
    @ArchTest
    static final ArchRule IT_KNOWS_THE_API_AND_WHAT_IT_SPEAKS_WITH = classes()
            .that()
            .resideInAPackage("dev.slipway.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.slipway.client..",
                    "dev.slipway.api..",
                    "java..",
                    "javax.net.ssl..",
                    "javax.security.auth..",
                    "javax.xml.stream..",
                    "okhttp3..",
                    "okio..",
                    "kotlin..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations..");
}

package dev.slipway.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.slipway.worker", importOptions = ArchitectureTest.NoTests.class)
final class ArchitectureTest {
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule PARTS_FORM_NO_CYCLE =
            slices().matching("dev.slipway.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule IT_KNOWS_NEITHER_THE_SERVER_NOR_THE_PROGRAM = noClasses()
            .that()
            .resideInAPackage("dev.slipway.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.server..", "dev.slipway.cli..");

    /** Claims, leases and reports are the runtime's: whatever makes packages works without a companion. */
    @ArchTest
    static final ArchRule ONLY_THE_RUNTIME_TALKS_TO_THE_COMPANION = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.worker.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.client..");
}

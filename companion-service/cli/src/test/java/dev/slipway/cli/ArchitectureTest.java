package dev.slipway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, seen from the one that has them all. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = ArchitectureTest.NoTests.class)
final class ArchitectureTest {
    /** Neither this module's tests nor the packed ones of others. */
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule MODULES_FORM_NO_CYCLE =
            slices().matching("dev.slipway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_PROGRAM = noClasses()
            .that()
            .resideOutsideOfPackage("dev.slipway.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.cli..");

    @ArchTest
    static final ArchRule THE_SERVER_KNOWS_NEITHER_CLIENT_NOR_WORKER = noClasses()
            .that()
            .resideInAPackage("dev.slipway.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.client..", "dev.slipway.worker..");

    @ArchTest
    static final ArchRule PARTS_OF_THE_LIBRARY_FORM_NO_CYCLE =
            slices().matching("dev.slipway.packages.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_LIBRARY_IS_PURE = noClasses()
            .that()
            .resideInAPackage("dev.slipway.packages..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "jakarta..", "org.hibernate..", "okhttp3..", "java.net.http..");

    /** Commands ask the companion through the client; the server's inside is for what runs on its machine. */
    @ArchTest
    static final ArchRule ONLY_SERVER_EXPORT_AND_BENCH_OPEN_THE_SERVICE = noClasses()
            .that()
            .resideInAPackage("dev.slipway.cli..")
            .and()
            .resideOutsideOfPackage("dev.slipway.cli.bench")
            .and()
            .doNotHaveSimpleName("ServerCommand")
            .and()
            .doNotHaveSimpleName("ExportCommand")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.server..");
}

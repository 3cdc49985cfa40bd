package dev.slipway.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.slipway.server.database.Sql;
import jakarta.ws.rs.Path;
import java.sql.Connection;

@AnalyzeClasses(packages = "dev.slipway", importOptions = ArchitectureTest.NoTests.class)
final class ArchitectureTest {
    /** Neither these tests nor the packed ones of other modules. */
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLE =
            slices().matching("dev.slipway.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_FEATURE_KNOWS_THE_WIRING = noClasses()
            .that()
            .resideInAPackage("dev.slipway.server.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.slipway.server");

    @ArchTest
    static final ArchRule RESOURCES_LEAVE_SQL_TO_SERVICES = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Sql.class, Connection.class);

    @ArchTest
    static final ArchRule RESOURCES_ARE_CALLED_SO =
            classes().that().areAnnotatedWith(Path.class).should().haveSimpleNameEndingWith("Resource");

    @ArchTest
    static final ArchRule THE_API_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("dev.slipway.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.server..", "dev.slipway.packages..", "dev.slipway.client..");

    @ArchTest
    static final ArchRule PACKAGES_KNOW_NOBODY = noClasses()
            .that()
            .resideInAPackage("dev.slipway.packages..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.slipway.server..", "dev.slipway.api..", "dev.slipway.client..");
}

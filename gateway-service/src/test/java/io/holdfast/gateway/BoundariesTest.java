package io.holdfast.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.holdfast.gateway",
        importOptions = {ImportOption.DoNotIncludeTests.class, BoundariesTest.WithoutGenerated.class})
class BoundariesTest {
    @ArchTest
    static final ArchRule featuresFormNoCycles =
            slices().matching("io.holdfast.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knowsNothingOfTheServicesBehindIt = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.holdfast.app..", "io.holdfast.storage..", "io.holdfast.launcher..");

    @ArchTest
    static final ArchRule runsWithoutServlets =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("jakarta.servlet..");

    @ArchTest
    static final ArchRule keepsConfigurationToItsFeature =
            classes().that().haveSimpleNameEndingWith("Configuration").should().bePackagePrivate();

    /// What an earlier build generated of the beans' definitions.
    static final class WithoutGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("__");
        }
    }
}

package io.holdfast.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(
        packages = "io.holdfast.app",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutGenerated.class})
final class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("io.holdfast.app.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheContractAndTheStorageApiAreUsed = classes()
            .should()
            .onlyDependOnClassesThat(describe(
                    "are this service's, the contract's, the storage API's or not the platform's",
                    used -> !used.getPackageName().startsWith("io.holdfast")
                            || used.getPackageName().startsWith("io.holdfast.app")
                            || used.getPackageName().startsWith("io.holdfast.contract")
                            || used.getPackageName().equals("io.holdfast.storage.api")));

    @ArchTest
    static final ArchRule whatTheFrameworkFindsIsNobodysBusiness = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .or()
            .areAnnotatedWith(Configuration.class)
            .or()
            .areAnnotatedWith(ConfigurationProperties.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule jsonNeedsOnlyAParser = noClasses()
            .that()
            .resideInAPackage("io.holdfast.app.json")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "tools.jackson.core..", "io.holdfast.app.json");

    /// What an earlier build generated of the beans' definitions.
    static final class WithoutGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("__");
        }
    }
}

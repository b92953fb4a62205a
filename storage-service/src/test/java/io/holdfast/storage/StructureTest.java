package io.holdfast.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What depends on what within the storage service.
@AnalyzeClasses(
        packages = "io.holdfast",
        importOptions = {ImportOption.DoNotIncludeTests.class, StructureTest.WithoutGenerated.class})
class StructureTest {
    @ArchTest
    static final ArchRule featuresFormNoCycles =
            slices().matching("io.holdfast.storage.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyRecordsAndWireFormatOfTheApiAreUsed = noClasses()
            .that()
            .resideInAPackage("io.holdfast.storage..")
            .and()
            .resideOutsideOfPackage("io.holdfast.storage.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.holdfast.storage.api.client..", "io.holdfast.balancing..", "io.holdfast.launcher..");

    @ArchTest
    static final ArchRule httpStaysAtTheEdge = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.holdfast.storage.record..",
                    "io.holdfast.storage.listing..",
                    "io.holdfast.storage.namespace..",
                    "io.holdfast.storage.partition..",
                    "io.holdfast.storage.redis..",
                    "io.holdfast.storage.sweep..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..");

    /// What an earlier build generated of the beans' definitions.
    static final class WithoutGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("__");
        }
    }
}

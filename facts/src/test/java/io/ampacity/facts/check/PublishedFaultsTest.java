package io.ampacity.facts.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.testing.SharedData;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The faults of published data, found in the published files where they are at hand. */
class PublishedFaultsTest {

    @Test
    void spotDearerThanOnDemandIsFoundInThePriceList() {
        assertThat(found("normalised/accelerator_prices.csv", "spot-above-on-demand"))
                .extracting(Finding::subject)
                .allSatisfy(subject -> assertThat(subject).startsWith("gcp/"))
                .anySatisfy(subject -> assertThat(subject).contains("asia-south1"))
                .anySatisfy(subject -> assertThat(subject).contains("europe-west1"))
                .anySatisfy(subject -> assertThat(subject).contains("us-south1"))
                .anySatisfy(subject -> assertThat(subject).contains("europe-west4"))
                .hasSize(4);
    }

    @Test
    void aPriceOf700IsFoundInThePriceListAndNothingElseIsTakenForOne() {
        assertThat(found("normalised/accelerator_prices.csv", "placeholder-price"))
                .extracting(Finding::value)
                .containsExactly("700 USD", "700 USD", "700 USD", "700 USD");
    }

    @Test
    void commitmentPricesAmongOnDemandOnesAreFound() {
        List<Finding> found = found("normalised/accelerator_prices.csv", "two-price-levels");
        assertThat(found)
                .hasSize(16)
                .allSatisfy(finding -> assertThat(finding.subject()).startsWith("gcp/"));
        assertThat(found).extracting(Finding::value).contains("4.201 USD", "4.575 USD", "4.424 USD");
    }

    @Test
    void spotEqualToOnDemandIsFoundAtEverySupplierThatDoesIt() {
        assertThat(found("normalised/accelerator_prices.csv", "spot-equals-on-demand"))
                .extracting(finding ->
                        finding.subject().substring(0, finding.subject().indexOf('/')))
                .contains("aws", "azure", "runpod")
                .doesNotContain("gcp", "oci");
    }

    @Test
    void marginalIntensitiesUnderTheNameOfAveragesAreFound() {
        List<Finding> found = found("GSF_real-time-cloud/Cloud_Region_Metadata_estimate.csv", "marginal-in-average");
        assertThat(found)
                .anySatisfy(finding -> {
                    assertThat(finding.subject()).isEqualTo("aws:eu-north-1 2025");
                    assertThat(finding.value()).isEqualTo("782 gCO2e/kWh");
                    assertThat(finding.expected()).contains("24.71");
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
                })
                .anySatisfy(finding -> assertThat(finding.subject()).isEqualTo("aws:ca-central-1 2025"))
                .anySatisfy(finding -> assertThat(finding.subject()).isEqualTo("aws:eu-west-3 2025"));
        // The rows of 2023 and 2024 leave the column empty.
        assertThat(found("GSF_real-time-cloud/Cloud_Region_Metadata.csv", "marginal-in-average"))
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .extracting(Finding::subject)
                .isNotEmpty()
                .noneMatch(subject -> subject.endsWith(" 2023") || subject.endsWith(" 2024"));
    }

    @Test
    void aYearThatRepeatsTheYearBeforeIsFoundOnce() {
        assertThat(found("GSF_real-time-cloud/Cloud_Region_Metadata.csv", "stale-year"))
                .anySatisfy(finding -> {
                    assertThat(finding.subject()).isEqualTo("aws 2024");
                    assertThat(finding.value()).isEqualTo("20 of 20 regions identical");
                });
    }

    @Test
    void aFleetMeanInAColumnOfRegionsIsFound() {
        assertThat(found("GSF_real-time-cloud/Cloud_Region_Metadata.csv", "constant-column"))
                .anySatisfy(finding -> {
                    assertThat(finding.subject()).isEqualTo("aws 2023");
                    assertThat(finding.value()).isEqualTo("0.18 in 32 regions");
                });
        assertThat(found("GSF_real-time-cloud/Cloud_Region_Metadata_estimate.csv", "constant-column"))
                .anySatisfy(finding -> assertThat(finding.value()).isEqualTo("0.17 in 32 regions"));
    }

    @Test
    void oneRegionOnTwoGridsIsFound() {
        assertThat(found("GSF_real-time-cloud/Cloud_Region_Metadata.csv", "duplicate-region"))
                .anySatisfy(finding -> {
                    assertThat(finding.subject()).startsWith("azure:northeurope");
                    assertThat(finding.what()).contains("FI").contains("IE");
                });
    }

    @Test
    void directAndLifeCycleIntensitiesOfOneGridAreFoundSideBySide() {
        assertThat(found("GSF_real-time-cloud/Cloud_Region_Metadata.csv", "basis-mixed"))
                .anySatisfy(finding -> {
                    assertThat(finding.subject()).isEqualTo("US-MIDA-PJM 2024");
                    assertThat(finding.value()).isEqualTo("396.3 gCO2e/kWh");
                    assertThat(finding.expected()).isEqualTo("323.1 gCO2e/kWh");
                });
    }

    @Test
    void shiftedColumnsAreFound() {
        List<Finding> all = findings("cloud-carbon-coefficients/data/grid-emissions-factors-azure.csv");
        assertThat(all)
                .filteredOn(finding -> finding.id().equals("lost-decimal-point"))
                .extracting(Finding::subject)
                .containsExactly("Finland Central", "Germany West Central");
        assertThat(all).anySatisfy(finding -> assertThat(finding.id()).isEqualTo("cell-count"));
    }

    @Test
    void aMisspeltRegionIsFound() {
        assertThat(found("mlco2_codecarbon/codecarbon/data/cloud/impact.csv", "misspelt-region"))
                .extracting(Finding::value)
                .containsExactly("me-cenrtal1");
    }

    @Test
    void chipFiguresThatCannotBeAreFound() {
        List<Finding> all = findings("epoch/ml_hardware.csv");
        assertThat(subjects(all, "bandwidth-ahead-of-its-year"))
                .contains("AMD Radeon Instinct MI308X", "MetaX MXC500 (PCIe)", "MetaX MXC500 (OAM)");
        assertThat(subjects(all, "sram-as-memory")).contains("Meta MTIA v1 (MTIA 100)", "Meta MTIA v2 (MTIA 200)");
        assertThat(subjects(all, "bidirectional-link")).contains("NVIDIA H100 SXM5 80GB", "NVIDIA A100 SXM4 80 GB");
        assertThat(subjects(all, "sparse-peak")).contains("NVIDIA GeForce RTX 4090");
    }

    @Test
    void percentagesThatContradictTheirCountsAreFound() {
        List<Finding> all = findings("normalised/llama3_405b_interruptions.csv");
        assertThat(all)
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("share-is-not-the-quotient", "shares-do-not-add-up");
        assertThat(all)
                .anySatisfy(finding -> assertThat(finding.expected()).isEqualTo("35.32 %"))
                .anySatisfy(finding -> assertThat(finding.value()).isEqualTo("94.9 %"));
    }

    @Test
    void googlesOwnListOf2024IsClean() {
        assertThat(findings("GoogleCloudPlatform_region-carbon-info/data/yearly/2024.csv"))
                .isEmpty();
    }

    private static List<String> subjects(List<Finding> findings, String id) {
        return findings.stream()
                .filter(finding -> finding.id().equals(id))
                .map(Finding::subject)
                .toList();
    }

    private static List<Finding> found(String file, String id) {
        return findings(file).stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
    }

    private static List<Finding> findings(String file) {
        return FactsCheck.file(SharedData.at(file), BuiltInCatalogue.load());
    }

    @Test
    void everyOtherFileOfTheKindIsRead() {
        Stream.of("2019", "2020", "2021", "2022", "2023")
                .map(year -> "GoogleCloudPlatform_region-carbon-info/data/yearly/" + year + ".csv")
                .forEach(file -> assertThat(findings(file))
                        .noneSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR)));
    }
}

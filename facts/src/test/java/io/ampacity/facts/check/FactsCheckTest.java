package io.ampacity.facts.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.CatalogueReader;
import io.ampacity.facts.check.Finding.Severity;
import io.ampacity.facts.imports.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault restated in a few rows, beside rows that are right. */
class FactsCheckTest {

    private static final String SKY_PILOT =
            "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region,GpuInfo,AvailabilityZone\n";
    private static final String CLOUD_REGIONS = "year,cloud-provider,cloud-region,em-zone-id,power-usage-effectiveness,"
            + "water-usage-effectiveness,provider-cfe-annual,grid-carbon-intensity-average-consumption-annual,"
            + "grid-carbon-intensity-marginal-consumption-annual,grid-carbon-intensity\n";
    private static final String HARDWARE =
            "Hardware name,Release date,Tensor-FP16/BF16 performance (FLOP/s),FP8 performance (FLOP/s),FP4 performance (FLOP/s),"
                    + "Memory (bytes),Memory bandwidth (byte/s),Intranode bandwidth (byte/s),TDP (W)\n";

    private final Catalogue known = BuiltInCatalogue.load();

    @Test
    void theBuiltInCatalogueIsCleanOrExplained() {
        List<Finding> findings = FactsCheck.catalogue(known);
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.severity()).as(finding.toString()).isEqualTo(Severity.NOTE);
            assertThat(finding.advice()).startsWith("explained: ");
        });
        assertThat(findings).extracting(Finding::id).contains("sram-as-memory", "one-price-everywhere");
    }

    @Test
    void spotAboveOnDemandIsAnErrorAndEqualIsADoubt() {
        List<Finding> findings = sky("""
                a3-ultragpu-8g,H200,8,224,2952,36.60258,38.7368,asia-south1,,
                p5.48xlarge,H100,8,192,2048,68.8,68.8,ap-northeast-1,,apne1-az1
                p5.48xlarge,H100,8,192,2048,68.8,23.1449,ap-northeast-1,,apne1-az4
                """);
        assertThat(ids(findings)).containsExactly("spot-above-on-demand", "spot-equals-on-demand");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.ERROR);
        assertThat(findings.get(0).value()).isEqualTo("4.842 USD");
        assertThat(findings.get(0).where()).contains("vms.csv:2");
        assertThat(findings.get(1).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void twelveChipsInAMachineOfEightAreFoundWithTheRightPriceAChip() {
        List<Finding> findings = sky("""
                Standard_ND96isr_H100_v5,H100,12,96,1900,98.32,,eastus,,
                Standard_ND96isr_H100_v5,H100,8,96,1900,98.32,,eastus2,,
                Standard_ND96isr_H100_v5,H100,8,96,1900,127.816,,westus,,
                """);
        assertThat(ids(findings)).contains("more-chips-than-server");
        Finding finding = findings.getFirst();
        assertThat(finding.value()).contains("12").contains("8.193 USD");
        assertThat(finding.expected()).contains("8").contains("12.29 USD");
        assertThat(findings)
                .filteredOn(
                        other -> other.where().contains(":3") || other.where().contains(":4"))
                .isEmpty();
    }

    @Test
    void aPriceThatStandsForNotSoldHereIsFound() {
        assertThat(ids(sky("""
                tpu-v6e-1,TPU v6e,1,,,700.0,700.0,asia-east1,,
                tpu-v6e-1,TPU v6e,1,,,2.7,0.54,us-east1,,
                tpu-v6e-1,TPU v6e,1,,,2.7,700.0,southamerica-west1,,
                """))).containsExactly("placeholder-price", "placeholder-price");
    }

    @Test
    void memoryInTheWrongUnitAndMemoryOfOneOfEightChipsAreFound() {
        List<Finding> findings = sky("""
                1x_A100,A100-80GB,1,8,80,1.39,,US,"{'Gpus': [{'Name': 'A100', 'MemoryInfo': {'SizeInMiB': 80}}]}",
                8x_H100,H100,8,208,1800,31.92,,US,"{'Gpus': [{'MemoryInfo': {'SizeInMiB': 81920}}], 'TotalGpuMemoryInMiB': 81920}",
                8x_H200,H200,8,208,1800,31.92,,US,"{'Gpus': [{'MemoryInfo': {'SizeInMiB': 144384}}], 'TotalGpuMemoryInMiB': 1155072}",
                """);
        assertThat(ids(findings)).containsExactly("memory-unit", "total-memory-of-one");
        assertThat(findings.get(0).expected()).isEqualTo("81920 MiB");
        assertThat(findings.get(1).expected()).isEqualTo("655360 MiB");
    }

    @Test
    void aCommitmentPriceAmongOnDemandPricesIsFoundWhateverTheOrder() {
        String rows = """
                a3-highgpu-8g,H100,1,,,4.20076,2.99,us-central1,,
                a3-highgpu-8g,H100,1,,,9.79655,2.24,us-east4,,
                a3-highgpu-8g,H100,1,,,12.73552,2.91,europe-west4,,
                a3-highgpu-8g,H100,1,,,11.03385,2.41,us-east5,,
                """;
        List<Finding> findings = sky(rows);
        assertThat(ids(findings)).containsExactly("two-price-levels");
        assertThat(findings.getFirst().subject()).contains("us-central1");
        assertThat(ids(sky(String.join("\n", rows.lines().toList().reversed()) + "\n")))
                .containsExactly("two-price-levels");
    }

    @Test
    void regionsThatDifferByHalfAreNotTakenForTwoContracts() {
        assertThat(sky("""
                p5.48xlarge,H100,8,,,55.04,,us-east-1,,
                p5.48xlarge,H100,8,,,63.3,,ca-central-1,,
                p5.48xlarge,H100,8,,,68.8,,us-west-1,,
                p5.48xlarge,H100,8,,,75.96,,ap-northeast-2,,
                """)).isEmpty();
    }

    @Test
    void doublingEveryPriceChangesNoFindingAboutTheirRatios() {
        String rows = """
                a,H100,8,,,80,81,r1,,
                a,H100,8,,,80,80,r2,,
                a,H100,8,,,30,8,r3,,
                """;
        String doubled =
                rows.replace("80,81", "160,162").replace("80,80", "160,160").replace("30,8", "60,16");
        assertThat(ids(sky(doubled))).isEqualTo(ids(sky(rows)));
    }

    @Test
    void marginalInAnAverageColumnIsFound() {
        List<Finding> findings = regions("""
                2025,Amazon Web Services,eu-north-1,SE,1.12,0.05,1.0,,781.79,782.0
                2024,Amazon Web Services,eu-north-1,SE,1.10,0.02,1.0,24.71,791.26,
                """);
        assertThat(ids(findings)).containsExactly("marginal-in-average");
        assertThat(findings.getFirst().subject()).isEqualTo("aws:eu-north-1 2025");
    }

    @Test
    void valuesOfLastYearUnderThisYearsDateAreFound() {
        StringBuilder rows = new StringBuilder();
        List<String> names = List.of("us-east-1", "us-east-2", "us-west-1", "eu-west-1", "sa-east-1", "eu-north-1");
        double[] values = {396.25, 396.25, 261.28, 403.4, 89.55, 24.71};
        for (String year : List.of("2023", "2024")) {
            for (int i = 0; i < names.size(); i++) {
                rows.append(year + ",Amazon Web Services," + names.get(i) + ",,,,," + values[i] + ",,\n");
            }
        }
        assertThat(ids(regions(rows.toString()))).containsExactly("stale-year");
        assertThat(ids(regions(rows.toString().replace("2024,Amazon", "2026,Amazon"))))
                .isEmpty();
    }

    @Test
    void oneRegionWithTwoGridsIsFound() {
        List<Finding> findings = regions("""
                2023,Microsoft Azure,northeurope,FI,,,,82.34,794.87,
                2023,Microsoft Azure,northeurope,IE,1.19,,,403.4,488.25,
                """);
        assertThat(ids(findings)).contains("duplicate-region");
    }

    @Test
    void oneGridWithADirectAndALifeCycleAverageIsFound() {
        assertThat(ids(regions("""
                2024,Amazon Web Services,us-east-1,US-MIDA-PJM,,,,396.25,557.17,
                2024,Google Cloud,us-east4,US-MIDA-PJM,,,,323.05,557.17,
                """))).containsExactly("basis-mixed");
    }

    @Test
    void aFleetMeanRepeatedForEveryRegionIsFound() {
        StringBuilder rows = new StringBuilder();
        for (String region : List.of("us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "sa-east-1")) {
            rows.append("2023,Amazon Web Services," + region + ",,,0.18,,,,\n");
        }
        assertThat(ids(regions(rows.toString()))).containsExactly("constant-column");
    }

    @Test
    void shiftedColumnsAreFoundAndNotReadAsNumbers() {
        List<Finding> findings = FactsCheck.table(Table.parse("grid-emissions-factors-azure.csv", """
                        Region,Location,NERC Region,CO2e (metric ton/kWh),Source
                        North Europe,Ireland,,0.000316,EEA
                        Finland Central,Helsinki,,000077,EEA,
                        UK South,London,,EEA,0.000228
                        """), known);
        assertThat(ids(findings)).containsExactly("cell-count", "lost-decimal-point", "not-a-number");
    }

    @Test
    void aSparsePeakABothWaysLinkAndAnImpossibleBandwidthAreFound() {
        List<Finding> findings = FactsCheck.table(Table.parse("hardware.csv", HARDWARE + """
                        NVIDIA H100 SXM,2022-09-20,1979e12,3958e12,,85.9e9,3.35e12,900e9,700
                        NVIDIA H200 SXM,2024-11-18,989e12,1979e12,,151e9,4.8e12,450e9,700
                        Some Chip,2023-06-13,,,,64e9,18e12,,350
                        """), known);
        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("NVIDIA H100 SXM"))
                .extracting(Finding::id)
                .containsExactly("sparse-peak", "sparse-peak", "bidirectional-link");
        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("NVIDIA H200 SXM"))
                .isEmpty();
        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("Some Chip"))
                .extracting(Finding::id)
                .containsExactly("bandwidth-ahead-of-its-year");
    }

    @Test
    void aPeakThatIsTooHighForItsPowerIsDoubtedEvenOfAnUnknownChip() {
        assertThat(ids(FactsCheck.table(
                        Table.parse("hardware.csv", HARDWARE + "Unheard Of,2024-01-01,2500e12,,,96e9,4e12,,600\n"),
                        known)))
                .containsExactly("peak-per-watt");
    }

    @Test
    void percentagesAreComparedWithTheirCounts() {
        List<Finding> findings = FactsCheck.table(Table.parse("shares.csv", """
                component,count,published_percent
                one,148,30.1
                two,152,50.7
                three,0,0
                """), known);
        assertThat(ids(findings)).containsExactly("share-is-not-the-quotient", "shares-do-not-add-up");
    }

    @Test
    void ownFactsAreCheckedWithTheCatalogueTheyJoin(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("own.yaml"), """
                offers:
                  ours/any/h100-sxm:
                    supplier: ours
                    region: aws:eu-centrall-1
                    chip: h100-sxmm
                    chips: 8
                    on-demand: {value: 2 USD/h, source: contract, as-of: 2026-01-01}
                    spot: {value: 2.5 USD/h, source: contract, as-of: 2026-01-01}
                """);
        List<Finding> findings = FactsCheck.file(file, known);
        assertThat(findings)
                .filteredOn(finding -> finding.id().equals("unknown-reference"))
                .extracting(Finding::expected)
                .anySatisfy(text -> assertThat(text).contains("h100-sxm"))
                .anySatisfy(text -> assertThat(text).contains("aws:eu-central-1"));
        assertThat(ids(findings)).contains("spot-above-on-demand");
    }

    @Test
    void lifeCycleIntensityInTheDirectFieldIsFound() {
        Catalogue own = CatalogueReader.read("own.yaml", """
                regions:
                  ours:here:
                    provider: ours
                    name: Here
                    jurisdiction: DE
                    grid: DE-LU
                    average-direct: {value: 332 gCO2e/kWh, source: x, as-of: "2024"}
                    average-life-cycle: {value: 274 gCO2e/kWh, source: x, as-of: "2024"}
                """).orThrow();
        assertThat(ids(FactsCheck.catalogue(known.overlaidBy(own))))
                .contains("direct-above-life-cycle", "profile-differs-from-region");
    }

    @Test
    void aFileOfNoKnownKindSaysSo() {
        assertThatThrownBy(() -> FactsCheck.table(Table.parse("a.csv", "colour,shape\nred,round\n"), known))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("no known kind");
        assertThatThrownBy(() -> FactsCheck.file(Path.of("no-such.csv"), known))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("no-such.csv");
        assertThatThrownBy(() -> Table.parse("empty.csv", ""))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("empty");
    }

    private List<Finding> sky(String rows) {
        return FactsCheck.table(Table.parse("catalogs/aws/vms.csv", SKY_PILOT + rows), known);
    }

    private List<Finding> regions(String rows) {
        return FactsCheck.table(Table.parse("metadata.csv", CLOUD_REGIONS + rows), known);
    }

    private static List<String> ids(List<Finding> findings) {
        return findings.stream().map(Finding::id).toList();
    }
}

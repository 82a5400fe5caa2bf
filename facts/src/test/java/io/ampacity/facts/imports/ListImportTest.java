package io.ampacity.facts.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Region;
import io.ampacity.testing.SharedData;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListImportTest {

    private static final String HEADER =
            "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,Price,SpotPrice,Region,GpuInfo,AvailabilityZone\n";

    @Test
    void zonesOfOneMachineBecomeOneOfferAContractWithTheMedianSpotPrice() {
        Imported<Offer> imported = offers("""
                p5.48xlarge,H100,8,192,2048,55.04,10.24,us-east-1,,use1-az1
                p5.48xlarge,H100,8,192,2048,55.04,55.04,us-east-1,,use1-az2
                p5.48xlarge,H100,8,192,2048,55.04,20.48,us-east-1,,use1-az3
                p5.48xlarge,H100,8,192,2048,55.04,24.32,us-east-1,,use1-az4
                m5.large,,,2,8,0.096,0.04,us-east-1,,use1-az1
                """);
        assertThat(imported.records())
                .extracting(Offer::id)
                .containsExactly("aws/us-east-1/h100-sxm/on-demand", "aws/us-east-1/h100-sxm/spot");
        Offer regular = imported.records().get(0);
        assertThat(figure(regular.pricePerChipHour()).value()).isEqualTo(6.88);
        assertThat(regular.region()).isEqualTo("aws:us-east-1");
        Offer spot = imported.records().get(1);
        assertThat(spot.contract()).isEqualTo(new Contract.Spot());
        assertThat(figure(spot.pricePerChipHour()).value()).isEqualTo(2.56);
        assertThat(figure(spot.pricePerChipHour()).note()).isEqualTo("median of 3 zones, 1.28 to 3.04");
        assertThat(imported.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.problem()).contains("equal to the on-demand price"));
    }

    @Test
    void pricesThatCannotBeRightAreToldAndLeftOut() {
        Imported<Offer> imported = offers("""
                tpu-v6e-1,TPU v6e,1,,,700.0,700.0,asia-east1,,
                a,H100,0,,,10,,us-east-1,,
                b,H100,8,,,-3,free,us-east-1,,
                c,Toaster,8,,,3,,us-east-1,,
                """);
        assertThat(imported.records()).isEmpty();
        assertThat(imported.issues())
                .extracting(issue -> issue.problem())
                .anySatisfy(problem -> assertThat(problem).contains("placeholder"))
                .anySatisfy(problem -> assertThat(problem).contains("\"0\" accelerators"))
                .anySatisfy(problem -> assertThat(problem).contains("-3"))
                .anySatisfy(problem -> assertThat(problem).contains("free"))
                .anySatisfy(problem -> assertThat(problem).contains("Toaster"));
    }

    @Test
    void anotherKindOfFileIsRefusedWithItsColumns() {
        assertThatThrownBy(() -> SkyPilotCatalogue.offers(
                        Table.parse("x.csv", "a,b\n1,2\n"), "aws", "2026", BuiltInCatalogue.load()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("AcceleratorName")
                .hasMessageContaining("a, b");
        assertThatThrownBy(() -> GoogleRegionCarbon.read(Table.parse("2024.csv", "a,b\n1,2\n")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("Google Cloud Region");
        assertThatThrownBy(() -> GoogleRegionCarbon.read(
                        Table.parse("2024.csv", "Google Cloud Region,Location\nus-east1,South Carolina\n")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("Grid carbon intensity");
    }

    @Test
    void theBasisOfGooglesListDecidesWhichFigureItBecomes() {
        Region old =
                GoogleRegionCarbon.read(Table.parse("yearly/2020.csv", """
                        Google Cloud Region,Location,Google CFE,Lifecycle grid carbon intensity (gCO2eq / kWh)
                        asia-east1,Taiwan,0.18,540
                        """)).only();
        assertThat(old.averageDirect()).isNull();
        assertThat(figure(old.averageLifeCycle()).value()).isEqualTo(540);
        assertThat(figure(old.averageLifeCycle()).asOf()).isEqualTo("2020");
        Region recent =
                GoogleRegionCarbon.read(Table.parse("yearly/2024.csv", """
                        Google Cloud Region,Location,Google CFE,Grid carbon intensity (gCO2eq / kWh)
                        europe-west12,Turin,,201.69
                        """)).only();
        assertThat(recent.averageLifeCycle()).isNull();
        assertThat(recent.carbonFreeEnergy()).isNull();
        assertThat(recent.jurisdiction()).isEqualTo("IT");
    }

    @Test
    void badRowsOfARegionListAreToldAndTheOthersRead() {
        Imported<Region> imported = GoogleRegionCarbon.read(Table.parse("2024.csv", """
                Google Cloud Region,Location,Google CFE,Grid carbon intensity (gCO2eq / kWh)
                us-east1,South Carolina,0.31,575.77
                us-east1,South Carolina,0.31,575.77
                us-west1,Oregon,0.87,NaN
                us-west2,Los Angeles,63,169.28
                ,,,
                us-west3,Salt Lake City,0.33,555.17
                """));
        assertThat(imported.records()).extracting(Region::id).containsExactly("gcp:us-east1", "gcp:us-west3");
        assertThat(imported.issues())
                .hasSize(4)
                .allSatisfy(issue -> assertThat(issue.isError()).isTrue());
    }

    @Test
    void googlesListOf2024SaysWhatTheCatalogueSays() {
        Path file = SharedData.at("GoogleCloudPlatform_region-carbon-info/data/yearly/2024.csv");
        Imported<Region> imported = GoogleRegionCarbon.read(file);
        assertThat(imported.issues()).isEmpty();
        assertThat(imported.records()).hasSizeGreaterThan(40).allSatisfy(region -> {
            Region known = BuiltInCatalogue.load().region(region.id()).orElseThrow();
            assertThat(figure(known.averageDirect()).value())
                    .isEqualTo(figure(region.averageDirect()).value());
            assertThat(known.jurisdiction()).as(region.id()).isEqualTo(region.jurisdiction());
        });
    }

    private static Imported<Offer> offers(String rows) {
        return SkyPilotCatalogue.offers(
                Table.parse("vms.csv", HEADER + rows), "aws", "2026-01-01", BuiltInCatalogue.load());
    }

    private static Figure figure(@Nullable Figure figure) {
        assertThat(figure).isNotNull();
        return Objects.requireNonNull(figure);
    }
}

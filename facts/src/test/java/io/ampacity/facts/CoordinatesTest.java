package io.ampacity.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class CoordinatesTest {

    @Test
    void greatCirclesAreAsLongAsGeometrySays() {
        Coordinates pole = new Coordinates(90, 0);
        double quarter = Math.PI / 2 * 6371.0088;
        assertThat(pole.kilometresTo(new Coordinates(0, 77))).isCloseTo(quarter, within(1e-6));
        assertThat(pole.kilometresTo(new Coordinates(-90, -120))).isCloseTo(2 * quarter, within(1e-6));
        assertThat(new Coordinates(0, 179).kilometresTo(new Coordinates(0, -179)))
                .isCloseTo(quarter / 45, within(1e-6));
        assertThat(pole.kilometresTo(pole)).isZero();
    }

    @Test
    void whatIsNotOnEarthIsRefused() {
        assertThatThrownBy(() -> new Coordinates(91, 0)).hasMessageContaining("no place on Earth");
        assertThatThrownBy(() -> new Coordinates(0, Double.NaN)).hasMessageContaining("no place on Earth");
    }

    @Test
    void regionsOfOneCountryAreNearerThanItsWidth() {
        BuiltInCatalogue.load().regions().values().stream()
                .filter(region -> region.jurisdiction().equals("DE"))
                .forEach(region -> {
                    Coordinates at = Objects.requireNonNull(region.coordinates(), region.id());
                    assertThat(new Coordinates(51, 10.5).kilometresTo(at)).isLessThan(500);
                });
    }

    @Test
    void knownRegionsOfTheGreatCloudsHaveAPlaceAndMostAPriceOfData() {
        Catalogue catalogue = BuiltInCatalogue.load();
        assertThat(catalogue.regions().values().stream().filter(region -> region.coordinates() != null))
                .hasSizeGreaterThan(120);
        assertThat(region(catalogue, "aws:eu-central-1").egressUsdPerGigabyte())
                .extracting(Figure::value)
                .isEqualTo(0.09);
        assertThat(region(catalogue, "aws:cn-north-1").egressUsdPerGigabyte()).isNull();
    }

    private static Region region(Catalogue catalogue, String id) {
        return Objects.requireNonNull(catalogue.regions().get(id));
    }
}

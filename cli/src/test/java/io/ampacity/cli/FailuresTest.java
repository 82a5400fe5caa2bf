package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import io.ampacity.units.Power;
import io.ampacity.units.UnitException;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a failed run is told. */
final class FailuresTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Output output = new Output(out, err, Terminals.NONE);

    private int tell(Throwable failure, boolean debug) {
        int exitCode = new Failures(output, debug).tell(failure);
        output.finish();
        return exitCode;
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void allMistakesOfADocumentAreToldWithTheirPlaces() {
        output.json(true);
        Place place = new Place("a.yaml", 3, 5, "sites[0].power");
        DocumentException failure = new DocumentException(List.of(
                Issue.error(place, "40 MX", "\"40 MX\" is no power", "write 40 MW"),
                Issue.warning(place, null, "odd", null),
                Issue.error(place.below("cap"), null, "nothing stands here", null)));

        assertThat(tell(failure, false)).isEqualTo(2);
        assertThat(said())
                .contains("a.yaml:3:5 sites[0].power: error: \"40 MX\" is no power. Maybe write 40 MW")
                .contains("nothing stands here");
        JsonNode errors = JsonMapper.shared()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("errors");
        assertThat(errors).hasSize(2);
        assertThat(errors.get(0).get("path").asString()).isEqualTo("sites[0].power");
        assertThat(errors.get(0).get("line").asInt()).isEqualTo(3);
        assertThat(errors.get(1).has("value")).isFalse();
    }

    @Test
    void aQuantityThatIsNoneIsBadInputWithAdvice() {
        UnitException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                UnitException.class, () -> Power.parse("40 bananas"));

        assertThat(tell(failure, false)).isEqualTo(2);
        assertThat(said()).contains("40 bananas").contains("Maybe ");
    }

    @Test
    void aMissingFileIsBadInput() {
        assertThat(tell(new UncheckedIOException(new NoSuchFileException("a.csv")), false))
                .isEqualTo(2);
        assertThat(said()).contains("a.csv: there is no such file");
    }

    @Test
    void aFaultShowsItsStackOnlyWithDebug() {
        assertThat(tell(new IllegalStateException("oops"), false)).isEqualTo(3);
        assertThat(said()).contains("oops").contains("--debug").doesNotContain("\tat ");
        err.reset();
        assertThat(tell(new IllegalStateException("oops"), true)).isEqualTo(3);
        assertThat(said()).contains("\tat io.ampacity");
    }
}

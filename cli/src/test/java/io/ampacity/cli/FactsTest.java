package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.FactKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

final class FactsTest {

    @Test
    void theKindsAreListedWithTheirSizes() {
        JsonNode entries = CommandLineRun.of("facts", "list", "--json").json().get("entries");

        assertThat(entries.get("chips").asInt())
                .isEqualTo(BuiltInCatalogue.load().chips().size());
        assertThat(entries.size()).isEqualTo(FactKind.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryOfAKindIsListedAsTextAndAsJson(FactKind kind) {
        var ids = FactTable.entries(BuiltInCatalogue.load(), kind).keySet();
        JsonNode entries =
                CommandLineRun.of("facts", "list", kind.id(), "--json").json().get("entries");
        String text = CommandLineRun.of("facts", "list", kind.id()).out();

        assertThat(entries).hasSameSizeAs(ids);
        assertThat(text.lines().count()).isGreaterThan(ids.size());
    }

    @Test
    void wordsNarrowTheList() {
        JsonNode all =
                CommandLineRun.of("facts", "list", "offers", "--json").json().get("entries");
        JsonNode some = CommandLineRun.of("facts", "list", "offers", "h100", "SPOT", "--json")
                .json()
                .get("entries");

        assertThat(some.size()).isPositive().isLessThan(all.size());
        for (JsonNode offer : some) {
            assertThat(offer.get("contract").get("id").asString()).isEqualTo("spot");
            assertThat(offer.toString()).contains("h100");
        }
    }

    @Test
    void everyFigureIsShownWithUnitSourceAndDate() {
        JsonNode memory =
                CommandLineRun.of("facts", "show", "H100", "--json").json().get("memoryBytes");

        assertThat(memory.get("value").asDouble()).isBetween(79e9, 87e9);
        assertThat(memory.get("unit").asString()).isEqualTo("B");
        assertThat(memory.get("source").asString()).isNotBlank();
        assertThat(memory.get("asOf").asString()).startsWith("20");
    }

    @Test
    void aContradictionIsShownWithTheReason() {
        assertThat(CommandLineRun.of("facts", "show", "chips", "h100-sxm").out())
                .contains("sparsity");
    }

    @Test
    void anUnknownThingIsAnsweredWithTheNearest() {
        CommandLineRun run = CommandLineRun.of("facts", "show", "h100-sxn", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.json().get("errors").get(0).get("advice").asString()).contains("h100-sxm");
        assertThat(CommandLineRun.of("facts", "list", "chps").exitCode()).isEqualTo(2);
    }

    @Test
    void ownFactsComeBeforeTheBuiltInOnes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, "chips: {h100-sxm: {}}");

        CommandLineRun run = CommandLineRun.of("facts", "show", "h100-sxm", "--facts", file.toString());

        // An entry without a name is refused, which shows that the file was read.
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("own.yaml:1").contains("chips.h100-sxm");
    }
}

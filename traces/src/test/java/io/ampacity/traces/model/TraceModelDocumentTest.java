package io.ampacity.traces.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.YamlDocument;
import io.ampacity.traces.description.TraceDescription;
import io.ampacity.traces.model.TraceModel.Arrivals;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class TraceModelDocumentTest {

    private static final String SMALL = """
            name: small
            source: a test
            as-of: 2026-01-01
            arrivals:
              requests-per-second: 2
            lengths:
              prompt-tokens: {median: 100, sigma: 1, maximum: 4096}
              output-tokens:
                quantiles: [[0, 1], [0.5, 10], [1, 100]]
            """;

    private static TraceModel read(String text) {
        return TraceModelReader.read(YamlDocument.parse("model.yaml", text));
    }

    static java.util.List<String> names() {
        return TraceModels.names();
    }

    @Test
    void aSmallModelNeedsLittle() {
        TraceModel model = read(SMALL);
        assertThat(model.arrivals()).isEqualTo(Arrivals.steady(2, GapDistribution.GAMMA, 1));
        assertThat(model.lengths().output().quantile(0.25)).isCloseTo(Math.sqrt(2 * 11) - 1, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("names")
    void yamlAndJsonReadBackAsTheSameModel(String name) {
        TraceModel model = TraceModels.builtIn(name);
        assertThat(model.name()).isEqualTo(name);
        assertThat(model.source()).isNotEmpty();
        assertThat(read(TraceModelWriter.yaml(model))).isEqualTo(model);
        assertThat(read(TraceModelWriter.json(model))).isEqualTo(model);
        assertThat(JsonMapper.shared()
                        .readTree(TraceModelWriter.json(model))
                        .path("name")
                        .asString())
                .isEqualTo(name);
        TraceModel odd =
                new TraceModel("a \"b\"\n\\", "c: #d", "2026", model.arrivals(), model.lengths(), Optional.empty());
        assertThat(read(TraceModelWriter.yaml(odd))).isEqualTo(odd);
    }

    /** Means that the publishers state: Splitwise, figure 3 and table; the Mooncake description of its traces. */
    @ParameterizedTest
    @CsvSource({
        "azure-conversation-2023, 5.53, 1155, 211",
        "azure-code-2023, 2.57, 2048, 28",
        "mooncake-conversation, 3.40, 12035, 343"
    })
    void builtInModelsMakeTracesWithThePublishedMeans(String name, double rate, double prompt, double output) {
        TraceDescription made = TraceDescription.of(TraceModels.builtIn(name).synthesise(36_000, 1));
        assertThat(made.requests() / 36_000.0).isCloseTo(rate, within(rate * 0.06));
        assertThat(made.promptTokens().mean()).isCloseTo(prompt, within(prompt * 0.05));
        assertThat(made.outputTokens().mean()).isCloseTo(output, within(output * 0.05));
    }

    @Test
    void anUnknownBuiltInModelIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> TraceModels.builtIn("azure"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("azure-code-2023");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        String text = SMALL.replace("requests-per-second: 2", "requests-per-second: fast\n  gap-distribution: cauchy")
                .replace("as-of: 2026-01-01\n", "burst: 2\n");
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("\"fast\" is not a finite number")
                .hasMessageContaining("cauchy")
                .hasMessageContaining("the key \"burst\" is not known")
                .hasMessageContaining("as-of: error: is missing")
                .hasMessageContaining("Maybe ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requests-per-second: 2|requests-per-second: -2",
                "requests-per-second: 2|requests-per-second: NaN",
                "[0, 1], |",
                "[0.5, 10]|[0.5, 0]",
                "[0.5, 10]|[0.5]",
                "[0.5, 10]|5",
                "median: 100|median: 0",
                "maximum: 4096|maximum: 1e400",
                "[[0, 1], [0.5, 10], [1, 100]]|7",
                "{median: 100, sigma: 1, maximum: 4096}|12",
            })
    void aModelThatMakesNoSenseIsRefusedAtItsPlace(String from, String to) {
        String text = SMALL.replace(from, to == null ? "" : to);
        assertThat(text).isNotEqualTo(SMALL);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("model.yaml:")
                .hasMessageContaining("Maybe ");
    }
}

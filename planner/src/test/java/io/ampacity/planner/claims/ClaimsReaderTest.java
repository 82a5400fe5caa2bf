package io.ampacity.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.documents.Issue;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.estimate.Estimator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClaimsReaderTest {

    private static final Catalogue CATALOGUE = BuiltInCatalogue.load();

    private static ClaimsReading read(String text) {
        return ClaimsReader.read(
                YamlDocument.parseLeniently("claims.yaml", text), CATALOGUE, new Estimator(ServingPhysics.shipped()));
    }

    @Test
    void aBareNumberIsAFigureWithoutARange() {
        Claims claims = read("{title: t, figures: {a: 2 k, b: {low: 1, high: 4}}, relations: {r: a = b * 500}}")
                .orThrow();

        assertThat(claims.figures().getFirst().likely()).isEqualTo(2_000);
        assertThat(claims.figures().getFirst().isFixed()).isTrue();
        assertThat(claims.figures().getLast().kind()).isEqualTo(Figure.Kind.UNKNOWN);
        assertThat(claims.relations().getFirst().ratio().factor()).isEqualTo(1 / 500.0);
    }

    @Test
    void anEstimateBringsItsBand() {
        Figure figure = read("""
                        title: t
                        figures:
                          s: {estimate: {takes: chip-seconds, model: llama-3.1-8b, chip: h100, prompt-tokens: 100,
                              output-tokens: 100, concurrency: 8}}
                        relations: {r: s = s * s / 2}
                        """).orThrow().figures().getFirst();

        assertThat(figure.kind()).isEqualTo(Figure.Kind.ESTIMATE);
        assertThat(figure.low()).isLessThan(figure.likely());
        assertThat(figure.high()).isGreaterThan(figure.likely());
        assertThat(figure.source()).contains("llama-3.1-8b", "h100-sxm");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {title: t, figures: {a: 1}, relations: {r: a = c}} | "c", which is no figure | relations.r
        {title: t, figures: {a: 1}, relations: {r: a + 1 = a * a}} | neither a number | relations.r
        {title: t, figures: {a: 1}, relations: {r: a == 3}} | needs one | relations.r
        {title: t, figures: {a: 1}, relations: {r: a = }} | ends where | relations.r
        {title: t, figures: {a: 1}, relations: {r: a a = 1}} | missing before "a" | relations.r
        {title: t, figures: {a: 1}, relations: {r: a = 0}} | only positive | relations.r
        {title: t, figures: {a: 1}, relations: {r: a = 0 / 0}} | only positive | relations.r
        {title: t, figures: {a: 1}, relations: {r: 2 = 3}} | says nothing about any figure | relations.r
        {title: t, figures: {a: -1}, relations: {r: a = 1}} | -1 | figures.a
        {title: t, figures: {a: {value: 5, low: 6}}, relations: {r: a = 1}} | outside its own range | figures.a
        {title: t, figures: {a: {what: x}}, relations: {r: a = 1}} | has no value | figures.a
        {title: t, figures: {a: {value: 1, estimate: {takes: chip-seconds, model: llama-3.1-8b, chip: h100, prompt-tokens: 1, output-tokens: 2, concurrency: 1}}}, relations: {r: a = 1}} | estimated and stated | figures.a
        {title: t, figures: {a: {estimate: {takes: chip-seconds, model: llama-3.1-405b, chip: h100, prompt-tokens: 1, output-tokens: 2, concurrency: 1}}}, relations: {r: a = 1}} | does not fit | figures.a
        {title: t, figures: {a: {estimate: {takes: chip-seconds, model: lama, chip: h100, prompt-tokens: 1, output-tokens: 2, concurrency: 1}}}, relations: {r: a = 1}} | lama | figures.a
        {title: t, figures: {a: {valeu: 1}}, relations: {r: a = 1}} | valeu | figures.a
        """)
    void aMistakeIsToldWithItsPlace(String text, String said, String place) {
        ClaimsReading reading = read(text);

        assertThat(reading.claims()).isNull();
        Issue first = reading.issues().getFirst();
        assertThat(first.problem()).contains(said);
        assertThat(first.place().path()).startsWith(place);
    }
}

package io.ampacity.traces.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.documents.DocumentException;
import io.ampacity.testing.SharedData;
import io.ampacity.traces.Limited;
import io.ampacity.traces.Request;
import io.ampacity.traces.description.TraceDescription;
import io.ampacity.traces.model.TraceModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeGenTraceReaderTest {

    @TempDir
    Path folder;

    private void twoClients() throws IOException {
        Files.writeString(folder.resolve("chunk-0-trace.csv"), "0,0,0,,0,0\n600,5,1,Gamma,1,0.2\n1200,0,0,,0,0\n");
        Files.writeString(folder.resolve("chunk-1-trace.csv"), "0,1,2,Weibull,0.6,0.3\n600,2,2,Weibull,0.6,0.3\n");
        Files.writeString(
                folder.resolve("chunk-0-dataset.json"),
                "{\"0\": {\"input_tokens\": \"{100: 0.25, 200: 0.75}\", \"output_tokens\": \"{7: 1.0}\"},"
                        + "\"21600\": {\"input_tokens\": \"{}\", \"output_tokens\": \"{}\"}}");
    }

    @Test
    void clientsAreMergedInOrderAtTheirRatesAndLengths() throws IOException {
        twoClients();
        try (ServeGenTraceReader reader = new ServeGenTraceReader(folder, 3)) {
            assertThat(reader.clientsWithoutLengths()).isEqualTo(1);
            List<Request> all = Request.all(reader);
            // 5 a second for 600 s and 1, then 2, a second for 600 s each.
            assertThat((double) all.size()).isCloseTo(3000 + 600 + 1200, within(4 * Math.sqrt(3000 + 3 * 1800.0)));
            assertThat(all).isSortedAccordingTo((a, b) -> Double.compare(a.arrival(), b.arrival()));
            assertThat(all).allMatch(r -> r.output() == 7 && (r.prompt() == 100 || r.prompt() == 200));
            double share = all.stream().filter(r -> r.prompt() == 100).count() / (double) all.size();
            assertThat(share).isCloseTo(0.25, within(0.03));
            reader.rewind();
            assertThat(Request.all(reader)).isEqualTo(all);
        }
        assertThat(Request.all(new ServeGenTraceReader(folder, 3)))
                .isNotEqualTo(Request.all(new ServeGenTraceReader(folder, 4)));
    }

    @Test
    void foldersWithoutClientsLengthsOrSenseAreRefused() throws IOException {
        assertThatThrownBy(() -> Traces.open(folder))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("holds no chunk-N-trace.csv");
        Files.writeString(folder.resolve("chunk-0-trace.csv"), "0,1,1,Gamma,1,1\n");
        assertThatThrownBy(() -> Traces.open(folder)).hasMessageContaining("tells the lengths of no client");
        assertThat(new ServeGenTraceReader(
                                folder,
                                1,
                                TraceModels.builtIn("azure-code-2023").lengths())
                        .next())
                .isTrue();
        Files.writeString(folder.resolve("chunk-0-trace.csv"), "0,1,1,Cauchy,1,1\n");
        assertThatThrownBy(() -> Traces.open(folder)).hasMessageContaining("\"Cauchy\" is no distribution");
        Files.writeString(folder.resolve("chunk-0-trace.csv"), "5,1,1,Gamma,1,1\n5,1,1,Gamma,1,1\n");
        assertThatThrownBy(() -> Traces.open(folder)).hasMessageContaining("is not after the row above");
        twoClients();
        for (String junk : List.of(
                "[]",
                "{",
                "{\"x\": {}}",
                "{\"0\": {\"input_tokens\": \"{1}\"}}",
                "{\"0\": {\"input_tokens\": 5}}",
                "{\"0\": {\"input_tokens\": \"{-1: 1}\"}}",
                "{\"0\": {\"input_tokens\": \"oops\"}}",
                "\u0000\u0001")) {
            Files.writeString(folder.resolve("chunk-0-dataset.json"), junk);
            assertThatThrownBy(() -> Traces.open(folder)).as(junk).isInstanceOf(DocumentException.class);
        }
    }

    /** The sum of rate times 600 s over all rows of the folder is 1,383,669. */
    @Test
    void deepSeekClientsTogetherSendWhatTheirRatesSay() {
        Path data = SharedData.at("alibaba_ServeGen/data/reason/deepseek-r1");
        try (ServeGenTraceReader reader = new ServeGenTraceReader(data, 1)) {
            TraceDescription description = TraceDescription.of(reader);
            assertThat(description.requests() / 1_383_669.0).isCloseTo(1, within(0.01));
            assertThat(description.spanSeconds()).isCloseTo(86_400, within(60.0));
        }
    }

    @Test
    void clientsOfASmallModelAreReadWithLengthsFromElsewhere() {
        Path data = SharedData.at("alibaba_ServeGen/data/language/m-small");
        try (ServeGenTraceReader reader = new ServeGenTraceReader(
                        data, 1, TraceModels.builtIn("azure-conversation-2023").lengths());
                Limited begin = new Limited(reader, 100_000, 1e9)) {
            assertThat(TraceDescription.of(begin).requests()).isEqualTo(100_000);
        }
    }
}

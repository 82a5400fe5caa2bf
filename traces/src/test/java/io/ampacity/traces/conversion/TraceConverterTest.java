package io.ampacity.traces.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.testing.SharedData;
import io.ampacity.traces.Limited;
import io.ampacity.traces.Request;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.traces.reader.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceConverterTest {

    @TempDir
    Path folder;

    private void assertReadsBack(RequestSource source, String name) {
        List<Request> wanted = Request.all(source);
        source.rewind();
        Path file = folder.resolve(name);
        assertThat(TraceConverter.convert(source, file)).isEqualTo(wanted.size());
        try (RequestSource back = Traces.open(file)) {
            assertThat(Request.all(back)).isEqualTo(wanted);
            assertThat(back.prefixBlockTokens()).isEqualTo(source.prefixBlockTokens());
            back.rewind();
            assertThat(Request.all(back)).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's.csv", "trace.csv.gz", "it's.parquet"})
    void whatIsWrittenReadsBackTheSame(String name) {
        assertReadsBack(new Limited(TraceModels.builtIn("mooncake-conversation").synthesise(1e9, 5), 3000, 1e9), name);
        assertReadsBack(TraceModels.builtIn("azure-code-2023").synthesise(600, 5), name);
        assertReadsBack(
                new RequestList(16)
                        .add(0.1, 5, 6, 3, -1, 2)
                        .add(1e-9 + 0.1, 5, 6)
                        .source(),
                name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mooncake.csv", "mooncake.parquet"})
    void aPublishedTraceSurvivesConversion(String name) {
        assertReadsBack(
                Traces.open(SharedData.at("kvcache-ai_Mooncake/FAST25-release/traces/synthetic_trace.jsonl")), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.csv", "x.parquet"})
    void nothingIsHalfWrittenWhenTheSourceIsAtFault(String name) throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.csv"),
                "arrival_s,prompt_tokens,output_tokens\n" + "1,1,1\n".repeat(9000) + "x,1,1\n");
        Path target = Files.writeString(folder.resolve(name), "kept");
        assertThatThrownBy(() -> TraceConverter.convert(Traces.open(bad), target))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("bad.csv:9002:1");
        assertThat(target).hasContent("kept");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(bad, target);
        }
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        assertThatThrownBy(() -> TraceConverter.convert(new RequestList().source(), folder.resolve("no/x.csv")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("Maybe ");
    }
}

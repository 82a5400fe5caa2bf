package io.ampacity.physics.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.facts.Deployment;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementFileTest {

    private static final String HEADER = "chip,model,engine,precision,kv_precision,tensor_parallel,pipeline_parallel,"
            + "expert_parallel,data_parallel,load,prompt_tokens,output_tokens,sequences,ttft_s,itl_s,"
            + "output_tokens_per_s,watts\n";

    @TempDir
    private Path folder = Path.of("");

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void ownRowsAreReadWithWhatWasNotMeasuredLeftOut() throws IOException {
        Path file = file(
                "own.csv",
                HEADER + "h100-sxm,llama-3.1-8b,vllm,bf16,bf16,1,1,1,1,closed-loop,1024,128,16,0.2,0.012,,\n");
        Measurement row = MeasurementFile.read(file).getFirst();
        assertThat(row.deployment()).isEqualTo(Deployment.tensorParallel(1));
        assertThat(row.load()).isEqualTo(Measurement.Load.CLOSED_LOOP);
        assertThat(row.interTokenSeconds()).isEqualTo(0.012);
        assertThat(row.watts()).isNull();
        assertThat(row.outputTokensPerSecond()).isNull();
    }

    @Test
    void mistakesNameFileLineColumnAndAdvice() throws IOException {
        Path engine = file("engine.csv", HEADER + "h100,m,steam,bf16,bf16,1,1,1,1,batch,1,1,1,,0.1,,\n");
        assertThatThrownBy(() -> MeasurementFile.read(engine))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("engine.csv:2: engine is \"steam\"")
                .hasMessageContaining("Maybe use one of vllm, sglang, trtllm");
        Path negative = file("negative.csv", HEADER + "h100,m,vllm,bf16,bf16,1,1,1,1,batch,1,1,1,,-0.1,,\n");
        assertThatThrownBy(() -> MeasurementFile.read(negative)).hasMessageContaining("itl_s is -0.1, not positive");
        Path text = file("text.csv", HEADER + "h100,m,vllm,bf16,bf16,1,1,1,1,batch,many,1,1,,0.1,,\n");
        assertThatThrownBy(() -> MeasurementFile.read(text)).hasMessageContaining("prompt_tokens is \"many\"");
    }

    @Test
    void junkIsRefusedInWords() throws IOException {
        assertThatThrownBy(() -> MeasurementFile.read(file("junk.bin", "\u0001\u0002 nothing")))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("is not a known kind of measurements");
        assertThatThrownBy(() -> MeasurementFile.read(folder.resolve("absent.csv")))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void vllmBenchResultsAreAClosedLoop() throws IOException {
        Path file = file("bench.json", """
                {"model_id": "meta-llama/Llama-3.1-8B", "max_concurrency": 32, "completed": 100,
                 "total_input_tokens": 102400, "total_output_tokens": 12800,
                 "mean_ttft_ms": 210.5, "mean_tpot_ms": 14.2, "output_throughput": 2100}
                """);
        Deployment deployment = new Deployment(2, 1, 1, 1, Precision.FP8, Precision.BF16, Engine.VLLM);
        Measurement row = VllmBenchReader.read(file, "h100-sxm", deployment);
        assertThat(row.sequences()).isEqualTo(32);
        assertThat(row.promptTokens()).isEqualTo(1024);
        assertThat(row.outputTokens()).isEqualTo(128);
        assertThat(row.timeToFirstTokenSeconds()).isEqualTo(0.2105);
        Path rated = file("rated.json", "{\"model_id\": \"m\", \"completed\": 1}");
        assertThatThrownBy(() -> VllmBenchReader.read(rated, "h100-sxm", deployment))
                .hasMessageContaining("max_concurrency is missing");
    }
}

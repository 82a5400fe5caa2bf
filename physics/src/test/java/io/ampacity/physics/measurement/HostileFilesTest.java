package io.ampacity.physics.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.documents.DocumentException;
import io.ampacity.facts.Deployment;
import io.ampacity.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, a reader understands it or says what is wrong in words. */
class HostileFilesTest {

    private static final Map<MeasurementFormat, String> WHOLE = Map.of(
            MeasurementFormat.AMPACITY,
            String.join(",", OwnCsvReader.COLUMNS)
                    + "\nh100-sxm,llama-3.1-8b,vllm,bf16,bf16,1,1,1,1,closed-loop,1024,128,16,0.2,0.012,1200,650\n",
            MeasurementFormat.REQUESTS,
            """
            arrival_s,prompt_tokens,output_tokens,first_token_s,last_token_s
            0.0,100,20,0.1,0.5
            0.2,120,30,0.3,0.9
            """,
            MeasurementFormat.VLLM_BENCH,
            """
            {"model_id": "llama-3.1-8b", "max_concurrency": 4, "completed": 10, "total_input_tokens": 1000,
             "total_output_tokens": 200, "mean_ttft_ms": 20.5, "mean_tpot_ms": 9.1, "output_throughput": 300}
            """,
            MeasurementFormat.VLLM_RUN,
            """
            {"input_toks": 12, "output_toks": 5, "arrival_time": 5.0, "queued_ts": 1.0, "first_token_ts": 1.2, "last_token_ts": 1.9}
            {"input_toks": 14, "output_toks": 7, "arrival_time": 5.5, "queued_ts": 1.6, "first_token_ts": 1.8, "last_token_ts": 2.9}
            """,
            MeasurementFormat.MLPERF,
            """
            [{"ID": "5.1-0001", "Scenario": "Offline", "Category": "closed", "Suite": "datacenter",
              "Performance_Units": "Tokens/s", "Accelerator": "NVIDIA B200-SXM-180GB", "Model": "llama2-70b-99",
              "Performance_Result": 100000, "a#": 8, "Nodes": 1, "Accuracy": "TOKENS_PER_SAMPLE: 290.1",
              "weight_data_types": "fp4"}]
            """,
            MeasurementFormat.SPLITWISE,
            """
            model,hardware,prompt_size,batch_size,token_size,peak_power,average_power,prompt_time,token_time,e2e_time,tensor_parallel
            llama2-70b,a100-80gb,512,1,128,1.0,0.7,196.2,54.8,7168.9,2
            """,
            MeasurementFormat.KERNELS,
            """
            framework,version,device,op_name,kernel_source,gemm_dtype,m,n,k,latency
            VLLM,0.14,NVIDIA H100 80GB HBM3,gemm,default,bfloat16,64,4096,4096,0.02
            """,
            MeasurementFormat.PROMETHEUS,
            """
            # HELP vllm:num_requests_running Running.
            vllm:num_requests_running{model_name="llama-3.1-8b"} 12
            vllm:inter_token_latency_seconds_sum{model_name="llama-3.1-8b"} 120.0
            vllm:inter_token_latency_seconds_count{model_name="llama-3.1-8b"} 10000
            vllm:request_prompt_tokens_sum{model_name="llama-3.1-8b"} 90000
            vllm:request_prompt_tokens_count{model_name="llama-3.1-8b"} 100
            vllm:request_generation_tokens_sum{model_name="llama-3.1-8b"} 20000
            vllm:request_generation_tokens_count{model_name="llama-3.1-8b"} 100
            DCGM_FI_DEV_POWER_USAGE{gpu="0",modelName="NVIDIA H100 80GB HBM3"} 512.5
            """);

    /** What breaks programs: other forms, huge and absent numbers, quotes that do not close, controls. */
    private static final List<String> NASTY = List.of(
            "",
            "-1",
            "0",
            "1e308",
            "NaN",
            "-Infinity",
            "99999999999999999999",
            "\"",
            "\"\"\"",
            ",,,,",
            "\n\n",
            "\u0000",
            "{",
            "[",
            "null",
            "\uFEFF",
            "𝟙",
            "0x10",
            "1_000",
            "../../etc/passwd",
            "#",
            "a: &a [*a, *a]");

    private static final List<MeasurementFormat> FORMATS = List.of(MeasurementFormat.values());

    private static final Setting SETTING =
            new Setting("h100-sxm", "llama-3.1-8b", Deployment.tensorParallel(1), 0, 0, 0);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyWholeFileIsRecognisedAndRead() throws IOException {
        for (Map.Entry<MeasurementFormat, String> one : WHOLE.entrySet()) {
            Path file = Files.writeString(folder.resolve("whole"), one.getValue());
            assertThat(MeasurementFile.format(file)).isEqualTo(one.getKey());
            assertThat(MeasurementFile.read(file, null, SETTING).isEmpty()).isFalse();
        }
    }

    @Test
    void damagedFilesAreReadOrRefusedInWords() throws IOException {
        SplittableRandom random = Seeds.random();
        Path file = folder.resolve("damaged");
        for (int round = 0; round < 4000; round++) {
            MeasurementFormat format = FORMATS.get(random.nextInt(FORMATS.size()));
            String text = WHOLE.getOrDefault(format, "");
            int hits = 1 + random.nextInt(3);
            for (int hit = 0; hit < hits && !text.isEmpty(); hit++) {
                int from = random.nextInt(text.length());
                int until = Math.min(text.length(), from + random.nextInt(12));
                text = text.substring(0, from) + NASTY.get(random.nextInt(NASTY.size())) + text.substring(until);
            }
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            assertUnderstoodOrRefused(file, random.nextBoolean() ? format : null, text);
        }
    }

    @Test
    void noiseIsRefusedInWords() throws IOException {
        SplittableRandom random = Seeds.random();
        Path file = folder.resolve("noise");
        for (int round = 0; round < 500; round++) {
            byte[] noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            Files.write(file, noise);
            MeasurementFormat format = FORMATS.get(random.nextInt(FORMATS.size()));
            assertUnderstoodOrRefused(file, format, "noise");
            assertUnderstoodOrRefused(file, null, "noise");
        }
    }

    @Test
    void aMistakeIsToldWithItsLine() throws IOException {
        Path requests = Files.writeString(folder.resolve("requests.csv"), """
                arrival_s,prompt_tokens,output_tokens,first_token_s,last_token_s
                0.0,100,20,0.1,0.5
                0.2,120,30,0.1,0.9
                """);
        assertRefused(requests, "requests.csv:3", "arrives at 0.2");
        Path prometheus =
                Files.writeString(folder.resolve("metrics.prom"), "# HELP\nvllm:num_requests_running twelve\n");
        assertRefused(prometheus, "metrics.prom:2", "no sample");
        Path kernels = Files.writeString(folder.resolve("kernels.csv"), """
                framework,version,device,op_name,kernel_source,gemm_dtype,m,n,k,latency
                VLLM,1,h100,gemm,d,bfloat16,64,4096,4096,-1
                """);
        assertRefused(kernels, "kernels.csv:2", "latency");
    }

    private static void assertRefused(Path file, String place, String what) {
        try {
            MeasurementFile.read(file, null, SETTING);
        } catch (MeasurementException refused) {
            assertThat(refused)
                    .hasMessageContaining(place)
                    .hasMessageContaining(what)
                    .hasMessageContaining("Maybe");
            return;
        }
        throw new AssertionError(file + " was read");
    }

    private static void assertUnderstoodOrRefused(
            Path file, @org.jspecify.annotations.Nullable MeasurementFormat format, String text) {
        try {
            MeasurementFile.read(file, format, SETTING);
        } catch (MeasurementException refused) {
            assertThat(refused.problem()).isNotBlank();
            assertThat(refused.advice()).isNotBlank();
        } catch (DocumentException refused) {
            assertThat(refused.issues()).isNotEmpty();
        } catch (RuntimeException fault) {
            throw new AssertionError(format + " fails on " + text, fault);
        }
    }
}

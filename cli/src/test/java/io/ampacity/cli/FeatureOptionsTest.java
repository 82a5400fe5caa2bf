package io.ampacity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.routing.policy.RoutingPolicies;
import io.ampacity.simulator.serving.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** What replicas and fleets do beyond plain batching, from the command line. */
final class FeatureOptionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private CommandLineRun run(String... more) throws IOException {
        Path trace = folder.resolve("trace.csv");
        List<String> rows = new ArrayList<>();
        rows.add("arrival_s,prompt_tokens,output_tokens");
        for (int i = 0; i < 200; i++) {
            rows.add(i * 0.05 + "," + (100 + i * 37 % 1000) + "," + (1 + i * 13 % 100));
        }
        Files.write(trace, rows);
        List<String> line = new ArrayList<>(List.of(
                "simulate", "--model", "llama-3.1-8b", "--chip", "h100-sxm", "--trace", trace.toString(), "--json"));
        line.addAll(List.of(more));
        return CommandLineRun.of(line.toArray(String[]::new));
    }

    @Test
    void everyPolicyIsListedWithWhatItDoes() {
        CommandLine command = new CommandLine(new SimulateCommand());
        String routers = String.join(
                "\n", command.getCommandSpec().findOption("--router").description());
        for (RoutingPolicies policy : RoutingPolicies.values()) {
            assertThat(routers).contains(policy.id() + ": " + policy.help());
        }
        String schedulers = String.join(
                "\n", command.getCommandSpec().findOption("--scheduler").description());
        for (Scheduler scheduler : Scheduler.values()) {
            assertThat(schedulers).contains(scheduler.id() + ": " + scheduler.help());
        }
    }

    @Test
    void classesAreToldApart() throws IOException {
        JsonNode classes = run(
                        "--scheduler",
                        "priority",
                        "--class",
                        "chat,share=70 %,deadline=10 s",
                        "--class",
                        "bulk,share=30 %,priority=5,queue=1 min")
                .json()
                .get("serving")
                .get("classes");
        assertThat(classes).hasSize(2);
        assertThat(classes.get(0).get("arrived").asInt()
                        + classes.get(1).get("arrived").asInt())
                .isEqualTo(200);
    }

    @Test
    void hedgesAreCounted() throws IOException {
        JsonNode serving = run("--replicas", "2", "--hedge", "1 ms").json().get("serving");
        assertThat(serving.get("hedging").get("hedges").asInt()).isPositive();
    }

    @Test
    void aScaledPoolTellsItsSize() throws IOException {
        JsonNode scaling = run("--scale", "queue,target=2,max=4,every=1s,provisioning=1s,cold-start=0s")
                .json()
                .get("serving")
                .get("scaling");
        assertThat(scaling.get(0).get("mostReplicas").asInt()).isBetween(2, 4);
    }

    @Test
    void theHalvesOfADisaggregatedPoolAreTold() throws IOException {
        JsonNode serving = run(
                        "--replicas", "3", "--disaggregate", "1,link=50 GB/s", "--offload", "host,room=1GB,link=9GB/s")
                .json()
                .get("serving");
        assertThat(serving.get("disaggregation").get(0).get("decodeReplicas").asInt())
                .isEqualTo(2);
        assertThat(serving.get("disaggregation").get(0).get("transfers").asInt())
                .isPositive();
        assertThat(serving.get("offloading").get(0).get("tier").asString()).isEqualTo("host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--scheduler nobody",
                "--class a",
                "--class a,share=50%",
                "--class a,share=100%,colour=red",
                "--class a,share=100%,queue=-1s",
                "--class ,share=1",
                "--queue-timeout 0s",
                "--deadline nonsense",
                "--scale queue,target=2",
                "--scale wishes,max=2",
                "--scheduler unlimited --scale queue,target=2,max=3",
                "--disaggregate 1,link=9GB/s",
                "--replicas 2 --disaggregate 2,link=9GB/s",
                "--replicas 2 --disaggregate 1",
                "--replicas 2 --disaggregate one,link=9GB/s",
                "--offload host",
                "--offload host,room=0GB,link=9GB/s",
                "--hedge 0s",
                "--hedge soon",
                "--hedge 1s,share=2"
            })
    void whatMakesNoSenseIsBadInputWithAdvice(String more) throws IOException {
        CommandLineRun run = run(more.split(" ", -1));
        assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
        assertThat(run.json().get("errors")).isNotEmpty();
    }
}

package io.ampacity.cli;

import io.ampacity.emulator.Emulator;
import io.ampacity.emulator.EmulatorSettings;
import io.ampacity.emulator.Pace;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.EngineLimits;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.units.Dimension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ampacity emulate}: a model server without a model. */
@Command(
        name = "emulate",
        description = {
            "Serve nonsense at the pace of a given model on a given chip, over the protocols of OpenAI and Anthropic.",
            "For tests, demonstrations and drills: no GPU, no key. POST a script of faults to /emulator/faults."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity emulate --port 9001 --model llama-3.1-8b --chip h100-sxm",
            "  ampacity emulate --port 9002 --first-token '200 ms' --token '10 ms' --faults 'cut(40); *none'"
        })
final class EmulateCommand extends AbstractAction {

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Where to listen.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", defaultValue = "9001", description = "0 takes one that is free.")
    private int port = 9001;

    @Mixin
    private ReplicaOptions replica = new ReplicaOptions();

    @Option(
            names = "--first-token",
            paramLabel = "TIME",
            description = "A fixed time to first token, such as '200 ms'.")
    private @Nullable String firstToken;

    @Option(names = "--token", paramLabel = "TIME", description = "A fixed time between tokens, such as '10 ms'.")
    private @Nullable String token;

    @Option(
            names = "--time-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Seconds that pass for a second of the model (default: ${DEFAULT-VALUE}).")
    private double timeScale = 1;

    @Option(
            names = "--output-tokens",
            paramLabel = "N",
            defaultValue = "64",
            description = "Of an answer that nothing else limits (default: ${DEFAULT-VALUE}).")
    private int outputTokens = 64;

    @Option(names = "--no-prefill", description = "Do not go on from words of the assistant.")
    private boolean noPrefill;

    @Option(names = "--key", paramLabel = "KEY", description = "Want this bearer token.")
    private @Nullable String key;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Makes another text.")
    private long seed = 1;

    @Option(
            names = "--faults",
            paramLabel = "SCRIPT",
            description = "How requests fail, such as 'status(429,2); cut(40); *none'.")
    private @Nullable String faults;

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() {
        Numbers.atLeastOne("--output-tokens", outputTokens);
        Numbers.positive("--time-scale", timeScale);
        Emulator emulator = Emulator.start(new EmulatorSettings(
                host,
                Ports.checked("--port", port),
                List.of(replica.model == null ? "emulated" : replica.model),
                pace(),
                seed,
                outputTokens,
                131_072,
                !noPrefill,
                key,
                1));
        try (emulator) {
            if (faults != null) {
                script(emulator, faults);
            }
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("address", emulator.address());
            document.put("models", emulator.settings().models());
            output().result(
                            document,
                            "an emulated " + emulator.settings().models().getFirst() + " serves at "
                                    + emulator.address() + "/v1");
            return UntilStopped.serve(output(), emulator::close);
        }
    }

    private static void script(Emulator emulator, String text) {
        try {
            emulator.faults().read(text);
        } catch (IllegalArgumentException wrong) {
            throw new BadInput("--faults: " + wrong.getMessage(), null);
        }
    }

    private Pace pace() {
        if (!replica.given()) {
            return new Pace.Fixed(seconds("--first-token", firstToken), seconds("--token", token));
        }
        if (firstToken != null || token != null) {
            throw badInput("--first-token and --token fix a pace, and --model and --chip give another");
        }
        LanguageModel model = replica.model(this, known.catalogue());
        Chip chip = replica.chip(this, known.catalogue());
        return new Pace.OfReplica(
                ServingPhysics.shipped().stepModel(chip, model, replica.deployment(this, model)),
                EngineLimits.of(replica.engine),
                timeScale);
    }

    private static double seconds(String option, @Nullable String text) {
        double seconds = text == null ? 0 : Dimension.TIME.parse(text);
        if (seconds < 0) {
            throw new BadInput(option + " is " + text + ", which is below 0", "write 0 s");
        }
        return seconds;
    }
}

package io.ampacity.cli;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.YamlDocument;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.failure.process.FailureModel;
import io.ampacity.simulator.failure.process.FailureModel.Place;
import io.ampacity.simulator.failure.process.FailureModelReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Failures that come by chance or out of a record, beside those that are said one by one. */
final class DrawnFailures {

    private static final String PUBLISHED = "published";

    @Option(
            names = "--failures",
            paramLabel = "FILE",
            description = {
                "Rates of chips, servers, links, sites … from which failures are drawn by the seed.",
                "published: rates from published measurements."
            })
    private @Nullable String model;

    @Option(
            names = "--fail-replay",
            paramLabel = "FILE=SCOPE:NAME",
            description = {
                "Replay a recorded series of availability (JSON) or a list of outages (CSV) on a part of the fleet,",
                "such as zone.json=site:paris; may be given several times. @TIME after it shifts its first failure"
                        + " there,",
                "and ,notice=2m says that instances are taken back after a notice."
            })
    private List<String> replays = new ArrayList<>();

    /** Whether anything was asked for. */
    boolean given() {
        return model != null || !replays.isEmpty();
    }

    /**
     * The failures of a fleet in a stretch of time.
     *
     * @throws BadInput when a file says nothing of failures
     */
    List<Failure> of(List<Place> places, long seed, double seconds, Output output) throws IOException {
        List<Failure> failures = new ArrayList<>();
        if (model != null) {
            try {
                failures.addAll(read(model).draw(places, seed, seconds));
            } catch (IllegalArgumentException refused) {
                throw new BadInput("--failures " + model + ": " + refused.getMessage(), null);
            }
        }
        for (String replay : replays) {
            failures.addAll(FailureReplay.of(replay, places, output));
        }
        return failures;
    }

    private static FailureModel read(String name) throws IOException {
        return FailureModelReader.read(name.equals(PUBLISHED) ? published() : YamlDocument.read(Path.of(name)));
    }

    /** The rates that are shipped. */
    static DocumentNode published() throws IOException {
        try (InputStream shipped = DrawnFailures.class.getResourceAsStream("published-failures.yaml")) {
            if (shipped == null) {
                throw new IllegalStateException("published-failures.yaml is not in the jar");
            }
            return YamlDocument.parse("published-failures.yaml", shipped.readAllBytes());
        }
    }
}

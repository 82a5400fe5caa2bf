package io.ampacity.cli;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.YamlDocument;
import io.ampacity.planner.proof.Proof;
import io.ampacity.planner.proof.ReplaySettings;
import io.ampacity.routing.RoutingTable;
import io.ampacity.scenario.Plan;
import io.ampacity.scenario.Scenario;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.failure.process.FailureModel;
import io.ampacity.simulator.failure.process.FailureModel.Place;
import io.ampacity.simulator.failure.process.FailureModelReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The settings of a plan's replay with failures drawn for its pools, and regions told as their sites.
     *
     * @param seconds how long requests come
     */
    ReplaySettings besides(ReplaySettings settings, Scenario scenario, Plan plan, double seconds, Output output)
            throws IOException {
        Map<String, String> regions = new LinkedHashMap<>();
        scenario.sites().forEach(site -> regions.put(site.id(), site.region() == null ? site.id() : site.region()));
        int period = settings.period() == null ? Proof.busiest(scenario) : settings.period();
        List<Failure> drills = settings.failures() == null
                ? Proof.usualLosses(scenario, plan, period, settings.seconds())
                : settings.failures();
        List<Failure> all = new ArrayList<>(drills);
        if (given()) {
            Map<String, Integer> chips = new LinkedHashMap<>();
            for (Plan.Placement placement : plan.placement()) {
                if (placement.deployment() != null) {
                    chips.put(
                            RoutingTable.poolId(placement),
                            placement.deployment().chips());
                }
            }
            List<Place> places = RoutingTable.of(scenario, plan, period).pools().stream()
                    .map(pool -> new Place(
                            pool.id(),
                            pool.supplier(),
                            pool.site(),
                            regions.getOrDefault(pool.site(), pool.site()),
                            pool.replicas(),
                            chips.getOrDefault(pool.id().replaceFirst("~\\d+$", ""), 1)))
                    .toList();
            all.addAll(of(places, settings.seed(), seconds, output));
        }
        return settings.withFailures(Failure.inSites(all, regions));
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

package io.ampacity.cli;

import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.training.Fabric;
import io.ampacity.physics.training.LayoutSearch;
import io.ampacity.physics.training.Recomputation;
import io.ampacity.physics.training.StateSharding;
import io.ampacity.physics.training.TrainingEnergy;
import io.ampacity.physics.training.TrainingLayout;
import io.ampacity.physics.training.TrainingSpread;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How state, experts and messages of a training run are spread, and over which network. */
final class SpreadOptions {

    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
    private static final double USUAL_OVERLAP = 0.5;

    @Option(
            names = "--zero",
            paramLabel = "0|1|2|3",
            description = {
                "What replicas share out: nothing, optimizer state, gradients too, weights too (ZeRO).",
                "Default: the fastest that fits; 1 for a fixed layout."
            },
            order = 12)
    private @Nullable Integer zero;

    @Option(
            names = {"--expert-parallel", "--ep"},
            paramLabel = "N",
            description = "Replicas over which experts are spread (default: the fastest; 1 for a fixed layout).",
            order = 13)
    private @Nullable Integer expertParallel;

    @Option(
            names = "--expert-servers",
            paramLabel = "N",
            description = "Servers that the experts of one token lie on at most (default: any; DeepSeek-V3: 4).",
            order = 14)
    private @Nullable Integer expertServers;

    @Option(
            names = "--overlap",
            paramLabel = "SHARE",
            description =
                    "Share of a layer's compute that hides messages to experts, 0 to 1 (default: 0.5; DualPipe: 1).",
            order = 15)
    private @Nullable Double overlap;

    @Option(
            names = "--oversubscription",
            paramLabel = "X",
            description =
                    "Bandwidth into the leaves of the network over that out of them (default: 1, a full fat tree).",
            order = 16)
    private @Nullable Double oversubscription;

    @Option(
            names = "--rail",
            paramLabel = "N",
            description =
                    "Servers whose chips of one rank share a leaf, on a rail-optimised tree (default: 1, no rails).",
            order = 17)
    private @Nullable Integer rail;

    @Option(
            names = "--circuits",
            description = "Optical circuits in a 3D torus take the place of the spine.",
            order = 18)
    private boolean circuits;

    /** The spread of a fixed layout. */
    TrainingSpread spread(LanguageModel model, TrainingLayout layout) {
        checkExperts(model);
        int experts = expertParallel == null ? 1 : Numbers.atLeastOne("--expert-parallel", expertParallel);
        if (layout.dataParallel() % experts != 0) {
            throw new BadInput(
                    "--expert-parallel is " + experts + ", which does not divide the " + layout.dataParallel()
                            + " replicas",
                    "take a divisor of " + layout.dataParallel());
        }
        StateSharding sharding = sharding();
        return new TrainingSpread(
                sharding == null ? StateSharding.OPTIMIZER : sharding, experts, hidden(), servers(), fabric());
    }

    /** What a search may choose. */
    LayoutSearch.Freedom freedom(LanguageModel model, Recomputation recomputation, @Nullable Integer globalBatch) {
        checkExperts(model);
        Integer experts = expertParallel;
        return new LayoutSearch.Freedom(
                sharding(),
                experts == null ? null : (Integer) Numbers.atLeastOne("--expert-parallel", experts),
                hidden(),
                servers(),
                fabric(),
                recomputation,
                globalBatch);
    }

    private void checkExperts(LanguageModel model) {
        String named = expertParallel != null
                ? "--expert-parallel"
                : expertServers != null ? "--expert-servers" : overlap != null ? "--overlap" : null;
        if (named == null) {
            return;
        }
        switch (model.feedForward()) {
            case LanguageModel.FeedForward.Dense dense ->
                throw new BadInput(
                        named + " is about experts, and " + model.id() + " has none", "leave " + named + " out");
            case LanguageModel.FeedForward.MixtureOfExperts mixture -> {
                Integer group = expertParallel;
                if (group != null && (group < 1 || mixture.experts() % group != 0)) {
                    throw new BadInput(
                            "--expert-parallel is " + group + ", over which the " + mixture.experts() + " experts of "
                                    + model.id() + " cannot be spread evenly",
                            "take a divisor of " + mixture.experts());
                }
            }
        }
    }

    private @Nullable StateSharding sharding() {
        Integer stage = zero;
        if (stage == null) {
            return null;
        }
        return Stream.of(StateSharding.values())
                .filter(each -> each.stage() == stage)
                .findFirst()
                .orElseThrow(() -> new BadInput("--zero is " + stage + ", and ZeRO has stages 0 to 3", "take 1"));
    }

    private double hidden() {
        Double share = overlap;
        if (share == null) {
            return USUAL_OVERLAP;
        }
        if (!(share >= 0 && share <= 1)) {
            throw new BadInput("--overlap is " + share + ", outside 0 to 1", "write 0.5 for half");
        }
        return share;
    }

    private int servers() {
        return expertServers == null
                ? TrainingSpread.ANY_SERVERS
                : Numbers.atLeastOne("--expert-servers", expertServers);
    }

    private Fabric fabric() {
        if (circuits && (oversubscription != null || rail != null)) {
            throw new BadInput(
                    "--circuits takes the place of the spine, so that "
                            + (rail == null ? "--oversubscription" : "--rail") + " says nothing",
                    "leave one of the two out");
        }
        Double over = oversubscription;
        Integer servers = rail;
        if (servers != null && (over == null || over == 1)) {
            throw new BadInput(
                    "--rail says nothing on a network that is not oversubscribed", "add --oversubscription 4");
        }
        if (over != null && !(over >= 1 && over < 1000)) {
            throw new BadInput("--oversubscription is " + over + ", outside 1 to 1000", "write 4 for 4:1");
        }
        return new Fabric(
                servers == null ? 1 : Numbers.atLeastOne("--rail", servers), over == null ? 1 : over, circuits);
    }

    /** The parts of a run's energy; the facility's is unknown without a PUE. */
    static Map<String, @Nullable Double> breakdown(TrainingEnergy energy, boolean facilityKnown) {
        Map<String, @Nullable Double> parts = new LinkedHashMap<>();
        parts.put("steps", energy.steps() / JOULES_PER_KILOWATT_HOUR);
        parts.put("waiting", energy.waiting() / JOULES_PER_KILOWATT_HOUR);
        parts.put("server", energy.server() / JOULES_PER_KILOWATT_HOUR);
        parts.put("network", energy.network() / JOULES_PER_KILOWATT_HOUR);
        parts.put("facility", facilityKnown ? (Double) (energy.facility() / JOULES_PER_KILOWATT_HOUR) : null);
        return parts;
    }
}

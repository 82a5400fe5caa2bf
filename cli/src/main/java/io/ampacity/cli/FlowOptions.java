package io.ampacity.cli;

import io.ampacity.simulator.Dispatch;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.fleet.FleetFactory;
import io.ampacity.simulator.serving.Retrying;
import io.ampacity.units.TimeSpan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How requests find replicas, and what happens to those that fail. */
final class FlowOptions {

    @Option(
            names = "--retry",
            paramLabel = "N[,…]",
            description = {
                "Attempts of a request in all (default: 3): a failed one goes elsewhere as long as retries last.",
                "3,wait=100ms,budget=20%%,reserve=1000: the wait doubles each time; one retry for five requests, and so",
                "many saved up. never: no request is tried twice."
            })
    private @Nullable String retry;

    @Option(
            names = "--max-outstanding",
            paramLabel = "N",
            description = "Requests on one replica beyond which its pool refuses more (default: any number).")
    private @Nullable Integer mostOutstanding;

    @Option(
            names = "--dispatch",
            paramLabel = "push|pull",
            defaultValue = "push",
            description = {
                "Where requests wait (default: ${DEFAULT-VALUE}).",
                "push: at the replica with least expected work, to which they are sent at once",
                "pull: in one queue of the pool, from which replicas take what they have room for"
            })
    private Dispatch dispatch = Dispatch.PUSH;

    @Option(
            names = "--cold-start",
            paramLabel = "TIME",
            description =
                    "From the end of a failure until a replica serves again: boot, load weights, compile (default: 2 min).")
    private @Nullable String coldStart;

    /** The settings with what was asked for. */
    SimulationSettings apply(SimulationSettings settings) {
        Numbers.checkAtLeastOne("--max-outstanding", mostOutstanding);
        SimulationSettings asked = settings.withDispatch(dispatch)
                .withMaximumOutstandingPerReplica(mostOutstanding == null ? 0 : mostOutstanding);
        return retry == null ? asked : asked.withRetries(Retrying.parse(retry));
    }

    /** Seconds until a replica that was down serves again. */
    double coldStartSeconds(AbstractAction command) {
        if (coldStart == null) {
            return FleetFactory.STANDARD_COLD_START_SECONDS;
        }
        double seconds = TimeSpan.parse(coldStart).seconds();
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw command.badInput("--cold-start is " + coldStart + "; it must be 0 s or more");
        }
        return seconds;
    }
}

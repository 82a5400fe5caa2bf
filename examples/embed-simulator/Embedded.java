import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.Simulation;
import io.ampacity.simulator.SimulationSettings;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.simulator.report.SimulationResult;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.units.TimeSpan;
import java.util.List;

/** How many replicas does the traffic of an hour need, when one of them dies on the way? */
public final class Embedded {
    public static void main(String[] arguments) {
        Catalogue facts = BuiltInCatalogue.load();
        StepModel model = ServingPhysics.shipped().stepModel(
                facts.chip("h100-sxm").orElseThrow(), facts.model("llama-3.1-8b").orElseThrow(), Deployment.tensorParallel(1));
        ServiceLevelObjective objective = new ServiceLevelObjective(new TimeSpan(0.5), new TimeSpan(0.025), 0.99);
        for (int replicas = 1; replicas <= 8; replicas++) {
            try (RequestSource traffic = TraceModels.builtIn("azure-conversation-2023").withRate(20).synthesise(600, 1)) {
                SimulationResult result = Simulation.of(Fleet.onePool(model, replicas, EngineSettings.LARGE, objective))
                        .with(SimulationSettings.STANDARD.withFailures(List.of(Failure.parse("replica:pool#0@200s+100s"))))
                        .run(traffic);
                System.out.printf("%d replicas: %.1f %% in time, TTFT p99 %.3f s, %.2f J/token%n", replicas,
                        100 * result.sloAttainment(), result.timeToFirstTokenSeconds().p99(), result.energyJoules() / result.outputTokens());
                if (result.sloAttainment() >= objective.attainment()) {
                    return;
                }
            }
        }
    }
}

package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.routing.Pool;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.fleet.FleetPool;
import io.ampacity.simulator.fleet.FleetWorkload;
import io.ampacity.simulator.fleet.PowerCurve;
import io.ampacity.simulator.replica.EngineSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pool of replicas as the command line describes it.
 *
 * @param answers other machines that compute answers; null when there are none
 */
record DescribedPool(
        LanguageModel model,
        Chip chip,
        Deployment deployment,
        int replicas,
        EngineSettings engine,
        PriceAndPlace.Place place,
        double coldStartSeconds,
        FleetPool.@Nullable Answers answers) {

    /** The fleet that consists of it and serves one workload. */
    Fleet fleet(ServingPhysics physics, Catalogue catalogue, boolean needPower, FleetWorkload workload) {
        Pool pool = new Pool(
                "pool",
                workload.id(),
                place.supplier(),
                place.region(),
                model.id(),
                chip.id(),
                "pool",
                replicas,
                1,
                0,
                0,
                0,
                null,
                place.gramsPerKilowattHour());
        GridProfile profile =
                place.gridProfile() == null ? null : catalogue.grids().get(place.gridProfile());
        FleetPool placed = new FleetPool(
                pool,
                physics.stepModel(chip, model, deployment),
                engine,
                place.pue(),
                profile == null ? null : profile.carbonDirect(),
                place.litresPerKilowattHour(),
                place.usdPerReplicaSecond(),
                0.0,
                coldStartSeconds,
                null,
                null,
                needPower ? PowerCurve.of(physics, chip, model, deployment) : null,
                answers);
        return Fleet.of(List.of(placed), List.of(workload));
    }
}

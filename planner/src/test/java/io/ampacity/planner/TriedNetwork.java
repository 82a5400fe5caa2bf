package io.ampacity.planner;

import io.ampacity.facts.Coordinates;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.Network.Link;
import io.ampacity.scenario.Network.WorkloadData;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Workload;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What data costs in the brute force, straight from what the scenario states; origins stand at no site and in no region. */
record TriedNetwork(Scenario scenario) {

    /** Prompts to a site and answers back, for one request, in USD. */
    double perRequest(Workload.Serving workload, Site site) {
        WorkloadData data = scenario.network().data().get(workload.id());
        if (data == null || data.origin() == null) {
            return 0;
        }
        double in = workload.traffic().promptTokens().mean() * data.perToken().bytes() / 1e9;
        double out = workload.traffic().outputTokens().mean() * data.perToken().bytes() / 1e9;
        return in * price(data.origin(), site.id()) + out * price(site.id(), data.origin());
    }

    /** What a run's data and checkpoints cost by period, given the site it trains at in each; null where it does not. */
    double[] training(Workload.Training workload, @Nullable Site[] sites) {
        double[] usd = new double[sites.length];
        WorkloadData data = scenario.network().data().get(workload.id());
        if (data == null || data.dataAt() == null) {
            return usd;
        }
        Set<String> have = new HashSet<>();
        String last = "";
        for (int p = 0; p < sites.length; p++) {
            Site here = sites[p];
            if (here != null) {
                String site = here.id();
                usd[p] += have.add(site)
                        ? price(data.dataAt(), site) * data.dataSize().bytes() / 1e9
                        : 0;
                usd[p] += last.isEmpty() || last.equals(site)
                        ? 0
                        : price(last, site) * data.checkpoint().bytes() / 1e9;
                last = site;
            }
        }
        return usd;
    }

    /** By the law of cosines on the sphere. */
    double roundTripSeconds(Workload workload, Site site) {
        WorkloadData data = scenario.network().data().get(workload.id());
        if (data == null || data.origin() == null) {
            return site.roundTrip().seconds();
        }
        for (Link link : scenario.network().links()) {
            if (Set.of(link.one(), link.other()).equals(Set.of(data.origin(), site.id())) && link.roundTrip() != null) {
                return link.roundTrip().seconds();
            }
        }
        Coordinates a = Objects.requireNonNull(
                Objects.requireNonNull(scenario.network().origins().get(data.origin()))
                        .at());
        Coordinates b = Objects.requireNonNull(
                Objects.requireNonNull(scenario.network().lines().get(site.id()))
                        .at());
        double north = Math.toRadians(a.latitude());
        double south = Math.toRadians(b.latitude());
        double angle = Math.acos(Math.sin(north) * Math.sin(south)
                + Math.cos(north) * Math.cos(south) * Math.cos(Math.toRadians(a.longitude() - b.longitude())));
        double seconds = 2 * 6371.0088 * angle * scenario.network().routeFactor() / (299_792.458 / 1.5);
        return Math.max(seconds, site.roundTrip().seconds());
    }

    private double price(String from, String to) {
        if (from.equals(to)) {
            return 0;
        }
        Network network = scenario.network();
        for (Link link : network.links()) {
            boolean between = Set.of(link.one(), link.other()).equals(Set.of(from, to));
            if (between && link.price() != null) {
                return link.price().usdPerGigabyte();
            }
        }
        Network.Origin origin = network.origins().get(from);
        if (origin != null) {
            return origin.egress().usdPerGigabyte();
        }
        Network.Line line = network.lines().get(from);
        boolean inside = owner(from).equals(owner(to));
        var price = line == null ? null : inside && line.transfer() != null ? line.transfer() : line.egress();
        return price == null ? 0 : price.usdPerGigabyte();
    }

    private String owner(String place) {
        return scenario.sites().stream()
                .filter(site -> site.id().equals(place))
                .map(Site::supplier)
                .findFirst()
                .orElse("?" + place);
    }
}

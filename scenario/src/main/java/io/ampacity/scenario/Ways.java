package io.ampacity.scenario;

import io.ampacity.facts.Coordinates;
import io.ampacity.scenario.Network.Line;
import io.ampacity.scenario.Network.Link;
import io.ampacity.scenario.Network.Origin;
import io.ampacity.scenario.Network.WorkloadData;
import io.ampacity.units.DataPrice;
import io.ampacity.units.TimeSpan;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways between the places of a scenario: how long data is under way, and what it costs.
 *
 * <p>A round trip is what a link states, else the greater of what the site states for users near to it and of
 *
 * <pre>
 *   2 · great circle · route factor / (2/3 · speed of light)
 * </pre>
 *
 * in which 2/3 is the speed of light in fibre over that in vacuum (refractive index 1.47).
 */
public final class Ways {

    private static final double FIBRE_KILOMETRES_PER_SECOND = 299_792.458 * 2 / 3;

    private final Network network;
    private final Map<String, Site> sites = new HashMap<>();

    public Ways(Scenario scenario) {
        this.network = scenario.network();
        scenario.sites().forEach(site -> sites.put(site.id(), site));
    }

    /** Where a workload's requests come from; null when that is not counted. */
    public @Nullable String origin(Workload workload) {
        WorkloadData data = network.data().get(workload.id());
        return data == null ? null : data.origin();
    }

    /**
     * The round trip between the users of a workload and a site: that of the site where the workload names no origin.
     *
     * @throws IllegalStateException when neither link nor distance is known; the scenario reader refuses such scenarios
     */
    public TimeSpan roundTrip(Workload workload, Site site) {
        String origin = origin(workload);
        if (origin == null) {
            return site.roundTrip();
        }
        TimeSpan known = roundTrip(origin, site);
        if (known == null) {
            throw new IllegalStateException("the way from the origin " + origin + " to the site " + site.id()
                    + " is unknown. Maybe state latitude and longitude of both, or a link between them");
        }
        return known;
    }

    /** The round trip between a place and a site; null when neither a link nor the distance is known. */
    public @Nullable TimeSpan roundTrip(String place, Site site) {
        Link link = network.link(place, site.id());
        TimeSpan stated = link == null ? null : link.roundTrip();
        if (stated != null) {
            return stated;
        }
        if (isSame(place, site.id())) {
            return site.roundTrip();
        }
        Coordinates from = at(place);
        Coordinates to = at(site.id());
        if (from == null || to == null) {
            return null;
        }
        double seconds = 2 * from.kilometresTo(to) * network.routeFactor() / FIBRE_KILOMETRES_PER_SECOND;
        return new TimeSpan(Math.max(site.roundTrip().seconds(), seconds));
    }

    /** What a gigabyte costs from one place to another in USD; null when unknown. */
    public @Nullable Double usdPerGigabyte(String from, String to) {
        Link link = network.link(from, to);
        DataPrice stated = link == null ? null : link.price();
        if (stated != null) {
            return stated.usdPerGigabyte();
        }
        if (isSame(from, to)) {
            return 0.0;
        }
        Site leaving = sites.get(from);
        if (leaving == null) {
            Origin origin = network.origins().get(from);
            return origin == null ? null : Double.valueOf(origin.egress().usdPerGigabyte());
        }
        Line line = network.lines().getOrDefault(from, Line.UNKNOWN);
        Site coming = sites.get(to);
        boolean inside = coming != null && coming.supplier().equals(leaving.supplier());
        DataPrice price = inside && line.transfer() != null ? line.transfer() : line.egress();
        return price == null ? null : Double.valueOf(price.usdPerGigabyte());
    }

    /** Whether two places are in one catalogue region, or one stands at the other. */
    public boolean isSame(String one, String other) {
        String here = site(one);
        String there = site(other);
        String region = region(one);
        return one.equals(other)
                || (here != null && here.equals(there))
                || (region != null && region.equals(region(other)));
    }

    private @Nullable String site(String place) {
        Origin origin = network.origins().get(place);
        return sites.containsKey(place) ? place : origin == null ? null : origin.site();
    }

    private @Nullable String region(String place) {
        String site = site(place);
        Site stands = site == null ? null : sites.get(site);
        Origin origin = network.origins().get(place);
        // An own hall may be near a region, but it is not in it.
        if (stands != null) {
            return stands.kind() == Site.Kind.CLOUD_REGION ? stands.region() : null;
        }
        return origin == null ? null : origin.region();
    }

    private @Nullable Coordinates at(String place) {
        String site = site(place);
        Origin origin = network.origins().get(place);
        return site != null
                ? network.lines().getOrDefault(site, Line.UNKNOWN).at()
                : origin == null ? null : origin.at();
    }
}

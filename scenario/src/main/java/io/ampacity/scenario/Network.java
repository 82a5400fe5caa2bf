package io.ampacity.scenario;

import io.ampacity.facts.Coordinates;
import io.ampacity.units.ByteRate;
import io.ampacity.units.Bytes;
import io.ampacity.units.DataPrice;
import io.ampacity.units.TimeSpan;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How places are connected: what data costs on its way, how long it is under way, and how much gets through. Workloads that
 * it does not name are as near to every site as the site says, and move nothing that is counted.
 *
 * @param routeFactor how much longer the way of data is than the great circle, at least 1
 * @param origins places outside the sites that requests and data come from, by id
 * @param lines how each site is connected, by the id of the site
 * @param links pairs of places of which more is known than what follows from their ends
 * @param data what workloads move, by their ids
 */
public record Network(
        double routeFactor,
        SortedMap<String, Origin> origins,
        SortedMap<String, Line> lines,
        List<Link> links,
        SortedMap<String, WorkloadData> data) {

    /**
     * Measured round trips over those of light in fibre along the great circle, the rule of thumb that Bozkurt and others
     * state for the Internet (Dissecting Latency in the Internet's Fiber Infrastructure, 2018).
     */
    public static final double USUAL_ROUTE_FACTOR = 2.1;

    /** Nothing is known, and nothing moves. */
    public static final Network NONE =
            new Network(USUAL_ROUTE_FACTOR, new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>());

    public Network {
        origins = sorted(origins);
        lines = sorted(lines);
        links = List.copyOf(links);
        data = sorted(data);
    }

    private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /**
     * A place outside the sites that requests or data come from.
     *
     * @param at where it is; null when only links and sites tell
     * @param region catalogue region it stands in; null when in none
     * @param site site of the scenario it stands at; null when at none
     * @param egress what a gigabyte that leaves it costs; 0 for users, who pay their own line
     */
    public record Origin(
            @Nullable Coordinates at,
            @Nullable String region,
            @Nullable String site,
            DataPrice egress) {}

    /**
     * How a site is connected.
     *
     * @param at where it is; null when unknown
     * @param egress what a gigabyte costs that leaves for users or for a site of another operator; null when unknown
     * @param transfer what a gigabyte costs that leaves for another site of the same operator; null when unknown
     * @param uplink most that leaves the site, and most that comes; null when no limit is known
     */
    public record Line(
            @Nullable Coordinates at,
            @Nullable DataPrice egress,
            @Nullable DataPrice transfer,
            @Nullable ByteRate uplink) {

        /** A line of which nothing is known. */
        public static final Line UNKNOWN = new Line(null, null, null, null);
    }

    /**
     * What is known of the way between two places, each a site or an origin, in both directions.
     *
     * @param roundTrip null when it follows from the distance
     * @param price of a gigabyte; null when the price of the end it leaves holds
     * @param capacity most that goes through in each direction; null when no limit is known
     */
    public record Link(
            String one,
            String other,
            @Nullable TimeSpan roundTrip,
            @Nullable DataPrice price,
            @Nullable ByteRate capacity) {

        /** Whether it joins two places, in whatever order. */
        public boolean joins(String a, String b) {
            return (one.equals(a) && other.equals(b)) || (one.equals(b) && other.equals(a));
        }
    }

    /**
     * What a workload moves.
     *
     * @param origin where its requests come from and its answers go; null when that is not counted
     * @param perToken size of a token of text on the wire
     * @param dataAt where its training data stands, a site or an origin; null when it moves none
     * @param dataSize its training data, which each site it trains at gets once
     * @param checkpoint what moves when a run goes on at another site
     */
    public record WorkloadData(
            @Nullable String origin,
            Bytes perToken,
            @Nullable String dataAt,
            Bytes dataSize,
            Bytes checkpoint) {}

    /** The link between two places; null when none is stated. */
    public @Nullable Link link(String a, String b) {
        for (Link link : links) {
            if (link.joins(a, b)) {
                return link;
            }
        }
        return null;
    }

    public Network withLinks(List<Link> others) {
        return new Network(routeFactor, origins, lines, others, data);
    }

    /** The same with every stated price of data times a factor. */
    public Network priced(double factor) {
        SortedMap<String, Origin> pricedOrigins = new TreeMap<>();
        origins.forEach((id, origin) -> pricedOrigins.put(
                id, new Origin(origin.at(), origin.region(), origin.site(), times(origin.egress(), factor))));
        SortedMap<String, Line> pricedLines = new TreeMap<>();
        lines.forEach((id, line) -> pricedLines.put(
                id,
                new Line(
                        line.at(),
                        line.egress() == null ? null : times(line.egress(), factor),
                        line.transfer() == null ? null : times(line.transfer(), factor),
                        line.uplink())));
        List<Link> pricedLinks = links.stream()
                .map(link -> new Link(
                        link.one(),
                        link.other(),
                        link.roundTrip(),
                        link.price() == null ? null : times(link.price(), factor),
                        link.capacity()))
                .toList();
        return new Network(routeFactor, pricedOrigins, pricedLines, pricedLinks, data);
    }

    /** The same with every stated capacity of a site's line, or of one, and of the links that end there, times a factor. */
    public Network widened(@Nullable String site, double factor) {
        SortedMap<String, Line> widened = new TreeMap<>();
        lines.forEach((id, line) -> widened.put(
                id,
                line.uplink() == null || (site != null && !site.equals(id))
                        ? line
                        : new Line(line.at(), line.egress(), line.transfer(), times(line.uplink(), factor))));
        List<Link> wide = links.stream()
                .map(link -> link.capacity() == null
                                || (site != null && !site.equals(link.one()) && !site.equals(link.other()))
                        ? link
                        : new Link(
                                link.one(),
                                link.other(),
                                link.roundTrip(),
                                link.price(),
                                times(link.capacity(), factor)))
                .toList();
        return new Network(routeFactor, origins, widened, wide, data);
    }

    private static DataPrice times(DataPrice price, double factor) {
        return new DataPrice(price.usdPerGigabyte() * factor);
    }

    private static ByteRate times(ByteRate rate, double factor) {
        return new ByteRate(rate.bytesPerSecond() * factor);
    }
}

package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Amount;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.ById;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Listing;
import io.ampacity.documents.schema.Name;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.units.Dimension;
import java.util.List;
import java.util.Map;

/** What a document may say about how places are connected. */
final class NetworkTable {

    static final Name ORIGIN = new Name("origin", "europe");
    static final Name PLACE = new Name("place", "frankfurt-dc");

    private static final String ROUND_TRIP_DOUBT = "is longer than around the world";

    static Attribute<Double> latitude() {
        return Attribute.of(
                "latitude", Amount.of(Dimension.COUNT).atLeast(-90).atMost(90), "Degrees north of the equator.");
    }

    static Attribute<Double> longitude() {
        return Attribute.of(
                "longitude", Amount.of(Dimension.COUNT).atLeast(-180).atMost(180), "Degrees east of Greenwich.");
    }

    private static Attribute<Double> price(String key, String description) {
        return Attribute.of(
                key,
                Amount.of(Dimension.DATA_PRICE)
                        .atLeast(0)
                        .atMost(100)
                        .doubtAbove(1, "is more than any list price", "USD/TB was meant"),
                description);
    }

    private static Attribute<Double> capacity(String key, String description) {
        return Attribute.of(
                key,
                Amount.of(Dimension.BYTE_RATE)
                        .positive()
                        .atMost(1e18)
                        .doubtBelow(1e6, "is a very thin line", "Mbit/s or Gbit/s was meant"),
                description);
    }

    /** What a document may say about a place that requests or data come from. */
    static final class OriginTable {
        static final Attribute<String> REGION = Attribute.of(
                        "region", Names.REGION, "Region of the catalogue it stands in or near.")
                .whenAbsent("none");
        static final Attribute<String> SITE =
                Attribute.of("site", Names.SITE, "Site it stands at.").whenAbsent("none");
        static final Attribute<Double> LATITUDE = latitude().whenAbsent("that of the site or region");
        static final Attribute<Double> LONGITUDE = longitude().whenAbsent("that of the site or region");
        static final Attribute<Double> EGRESS = price(
                        "egress", "What data that leaves it costs; users pay their own line.")
                .orElse("0 USD/GB")
                .example("0.09 USD/GB");
        static final Section SECTION = Section.of(
                "origin",
                "A place that requests or data come from: where users are, or where an application runs.",
                REGION,
                SITE,
                LATITUDE,
                LONGITUDE,
                EGRESS);

        private OriginTable() {}
    }

    /** What a document may say about the way between two places. */
    static final class LinkTable {
        static final Attribute<List<String>> BETWEEN = Attribute.of(
                        "between", Listing.distinct(PLACE), "Two sites or origins.")
                .mandatory()
                .example("[frankfurt-dc, berlin-dc]");
        static final Attribute<Double> ROUND_TRIP = Attribute.of(
                        "round-trip",
                        Amount.of(Dimension.TIME)
                                .atLeast(0)
                                .atMost(10)
                                .doubtAbove(0.5, ROUND_TRIP_DOUBT, "ms was meant"),
                        "Network round trip, as measured.")
                .whenAbsent("from the distance")
                .example("9 ms");
        static final Attribute<Double> PRICE = price("price", "What data costs on it.")
                .whenAbsent("the price of the end that it leaves")
                .example("0.01 USD/GB");
        static final Attribute<Double> CAPACITY = capacity("capacity", "Most that goes through in each direction.")
                .whenAbsent("no limit is known")
                .example("100 Gbit/s");
        static final Section SECTION = Section.of(
                "link",
                "What is known of the way between two places, in both directions.",
                BETWEEN,
                ROUND_TRIP,
                PRICE,
                CAPACITY);

        private LinkTable() {}
    }

    /** What a document may say about how a site is connected. */
    static final class LineTable {
        static final Attribute<Double> LATITUDE = latitude().whenAbsent("the region's");
        static final Attribute<Double> LONGITUDE = longitude().whenAbsent("the region's");
        static final Attribute<Double> EGRESS = price(
                        "egress", "What data costs that leaves for users or for a site of another operator.")
                .whenAbsent("the region's in a cloud region, else unknown")
                .example("0.09 USD/GB");
        static final Attribute<Double> TRANSFER = price(
                        "transfer", "What data costs that leaves for another site of the same operator.")
                .whenAbsent("the region's in a cloud region, else `egress`")
                .example("0.02 USD/GB");
        static final Attribute<Double> UPLINK = capacity(
                        "uplink", "Most that leaves the site, and most that comes, over all ways together.")
                .whenAbsent("no limit is known")
                .example("40 Gbit/s");
        static final Section SECTION =
                Section.of("line", "How a site is connected.", LATITUDE, LONGITUDE, EGRESS, TRANSFER, UPLINK);

        private LineTable() {}
    }

    /** What a document may say about the data of a training run. */
    static final class DataTable {
        static final Attribute<Double> SIZE = Attribute.of(
                        "size",
                        Amount.of(Dimension.BYTES).positive().atMost(1e21),
                        "Training data, which every site that trains gets once.")
                .mandatory()
                .example("40 TB");
        static final Attribute<String> AT =
                Attribute.of("at", PLACE, "Site or origin it stands at.").mandatory();
        static final Attribute<Double> CHECKPOINT = Attribute.of(
                        "checkpoint",
                        Amount.of(Dimension.BYTES).atLeast(0).atMost(1e18),
                        "What moves when the run goes on at another site.")
                .whenAbsent("14 bytes a parameter: weights in 16 bits, a master copy and two moments in 32")
                .example("1 TB");
        static final Section SECTION =
                Section.of("training data", "What a training run moves between places.", SIZE, AT, CHECKPOINT);

        private DataTable() {}
    }

    static final Attribute<Map<String, Form>> ORIGINS = Attribute.of(
                    "origins",
                    new ById<>("origin", Nested.of(OriginTable.SECTION)),
                    "Places that requests or data come from, by a name you choose.")
            .whenAbsent("none")
            .example("{europe: {region: aws:eu-central-1}}");
    static final Attribute<List<Form>> LINKS = Attribute.of(
                    "links",
                    Listing.of(Nested.of(LinkTable.SECTION)),
                    "Ways of which more is known than follows from their ends.")
            .whenAbsent("none")
            .example("[{between: [europe, frankfurt-dc], round-trip: 9 ms}]");
    static final Attribute<Double> ROUTE_FACTOR = Attribute.of(
                    "route-factor",
                    Amount.of(Dimension.COUNT).atLeast(1).atMost(10),
                    "Round trips over those of light in fibre along the great circle. 2.1 is the rule of thumb of Bozkurt and others (2018); backbones of clouds are nearer to 1.5.")
            .orElse("2.1");

    static final Section SECTION = Section.of(
            "network",
            "How places are connected: what data costs on its way, how long it takes, how much gets through.",
            ORIGINS,
            LINKS,
            ROUTE_FACTOR);

    /** A key of sites. */
    static final Attribute<Form> LINE = Attribute.<Form>of(
                    "network", Nested.of(LineTable.SECTION), "How it is connected.")
            .whenAbsent("as its region is, else unknown")
            .example("{latitude: 50.1, longitude: 8.7, egress: 0.01 USD/GB, uplink: 40 Gbit/s}");

    /** Keys of workloads. */
    static final Attribute<String> FROM = Attribute.of(
                    "origin",
                    ORIGIN,
                    "Where its requests come from and its answers go, one of `network.origins`. It sets the round trip to each site and what data costs.")
            .whenAbsent("near to every site; what data costs is not counted");

    static final Attribute<Double> PER_TOKEN = Attribute.of(
                    "bytes-per-token",
                    Amount.of(Dimension.BYTES).atLeast(0).atMost(1e6),
                    "Size of a token on the wire; 4 B is plain English text, a streamed answer with an event a token takes 150 to 300 B.")
            .orElse("4 B");
    static final Attribute<Form> DATA = Attribute.<Form>of(
                    "data", Nested.of(DataTable.SECTION), "What the run moves between places.")
            .whenAbsent("what data costs is not counted")
            .example("{size: 40 TB, at: frankfurt-dc}");

    private NetworkTable() {}
}

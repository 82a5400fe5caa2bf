package io.ampacity.scenario.reading;

import io.ampacity.documents.Place;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Coordinates;
import io.ampacity.facts.Figure;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.ParameterCount;
import io.ampacity.facts.Region;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.Network.Line;
import io.ampacity.scenario.Network.Link;
import io.ampacity.scenario.Network.Origin;
import io.ampacity.scenario.Network.WorkloadData;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Ways;
import io.ampacity.scenario.Workload;
import io.ampacity.scenario.reading.NetworkTable.DataTable;
import io.ampacity.scenario.reading.NetworkTable.LineTable;
import io.ampacity.scenario.reading.NetworkTable.LinkTable;
import io.ampacity.scenario.reading.NetworkTable.OriginTable;
import io.ampacity.units.ByteRate;
import io.ampacity.units.Bytes;
import io.ampacity.units.DataPrice;
import io.ampacity.units.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Network} of what a document states and what the catalogue knows of regions. */
record NetworkBuilding(Catalogue catalogue, SchemaReading reading) {

    /** Weights in 16 bits; master copy and two moments of Adam in 32. */
    private static final double CHECKPOINT_BYTES_PER_PARAMETER = 14;

    Network network(Form root, Map<String, Site> sites, Map<String, Form> siteForms, Map<String, Form> workloadForms) {
        SortedMap<String, WorkloadData> data = new TreeMap<>();
        workloadForms.forEach((id, form) -> {
            WorkloadData moved = form.isSound() ? data(form) : null;
            if (moved != null) {
                data.put(id, moved);
            }
        });
        Form form = root.valueOrNull(ScenarioTable.NETWORK);
        Form stated = form != null && form.isSound() ? form : null;
        boolean lined = siteForms.values().stream().anyMatch(each -> each.states(NetworkTable.LINE));
        if (stated == null && data.isEmpty() && !lined) {
            return Network.NONE;
        }
        SortedMap<String, Line> lines = new TreeMap<>();
        sites.forEach((id, site) -> lines.put(id, line(site, siteForms.get(id))));
        SortedMap<String, Origin> origins = new TreeMap<>();
        Map<String, Form> originForms = stated == null ? null : stated.valueOrNull(NetworkTable.ORIGINS);
        if (originForms != null) {
            originForms.forEach((id, each) -> {
                if (each.isSound()) {
                    origins.put(id, origin(id, each, sites));
                }
            });
        }
        return new Network(
                stated == null ? Network.USUAL_ROUTE_FACTOR : stated.value(NetworkTable.ROUTE_FACTOR),
                origins,
                lines,
                stated == null ? List.of() : links(stated),
                data);
    }

    /** Notes workloads whose users nobody knows how far from a site are. */
    void checkDistances(Scenario scenario, Map<String, Form> workloadForms) {
        Ways ways = scenario.ways();
        for (Workload workload : scenario.workloads()) {
            Form form = workloadForms.get(workload.id());
            String origin = ways.origin(workload);
            if (!(workload instanceof Workload.Serving) || form == null || origin == null) {
                continue;
            }
            List<String> unknown = scenario.sites().stream()
                    .filter(site -> ways.roundTrip(origin, site) == null)
                    .map(Site::id)
                    .toList();
            if (!unknown.isEmpty()) {
                reading.error(
                        form.place(NetworkTable.FROM),
                        origin,
                        "how far the origin \"" + origin + "\" is from " + String.join(", ", unknown) + " is unknown",
                        "add network: {latitude: …, longitude: …} to the site and to the origin, or a link between them "
                                + "with its round-trip");
            }
        }
    }

    private @Nullable WorkloadData data(Form form) {
        if (form.section().equals(WorkloadTable.TRAINING)) {
            Form moved = form.valueOrNull(NetworkTable.DATA);
            if (moved == null || !moved.isSound()) {
                return null;
            }
            Double checkpoint = moved.valueOrNull(DataTable.CHECKPOINT);
            LanguageModel model = catalogue.models().get(form.value(WorkloadTable.MODEL));
            double bytes = checkpoint != null
                    ? checkpoint
                    : model == null ? 0 : ParameterCount.of(model).total() * CHECKPOINT_BYTES_PER_PARAMETER;
            return new WorkloadData(
                    null,
                    new Bytes(0),
                    moved.value(DataTable.AT),
                    new Bytes(moved.value(DataTable.SIZE)),
                    new Bytes(bytes));
        }
        String origin = form.valueOrNull(NetworkTable.FROM);
        if (origin == null) {
            if (form.states(NetworkTable.PER_TOKEN)) {
                reading.error(
                        form.place(NetworkTable.PER_TOKEN),
                        form.text(NetworkTable.PER_TOKEN),
                        "the size of a token counts only on its way from and to an origin",
                        "add origin: with one of network.origins, or remove bytes-per-token");
            }
            return null;
        }
        return new WorkloadData(
                origin, new Bytes(form.value(NetworkTable.PER_TOKEN)), null, new Bytes(0), new Bytes(0));
    }

    private Line line(Site site, @Nullable Form siteForm) {
        Form form = siteForm == null ? null : siteForm.valueOrNull(NetworkTable.LINE);
        Region region = site.region() == null ? null : catalogue.regions().get(site.region());
        boolean cloud = site.kind() == Site.Kind.CLOUD_REGION;
        Double egress = stated(form, LineTable.EGRESS);
        Double transfer = stated(form, LineTable.TRANSFER);
        Double uplink = stated(form, LineTable.UPLINK);
        if (cloud && region != null) {
            egress = egress != null ? egress : value(region.egressUsdPerGigabyte());
            transfer = transfer != null ? transfer : value(region.transferUsdPerGigabyte());
        }
        return new Line(
                at(form, LineTable.LATITUDE, LineTable.LONGITUDE, region == null ? null : region.coordinates()),
                egress == null ? null : new DataPrice(egress),
                transfer == null ? null : new DataPrice(transfer),
                uplink == null ? null : new ByteRate(uplink));
    }

    private Origin origin(String id, Form form, Map<String, Site> sites) {
        String regionId = form.valueOrNull(OriginTable.REGION);
        String site = form.valueOrNull(OriginTable.SITE);
        Region region = regionId == null ? null : catalogue.regions().get(regionId);
        Coordinates at =
                at(form, OriginTable.LATITUDE, OriginTable.LONGITUDE, region == null ? null : region.coordinates());
        if (sites.containsKey(id)) {
            reading.error(
                    form.place(),
                    id,
                    "\"" + id + "\" is a site already, so it cannot be an origin too",
                    "choose another name, with site: " + id);
        }
        if (site != null && (regionId != null || form.states(OriginTable.LATITUDE))) {
            reading.error(
                    form.place(OriginTable.SITE),
                    site,
                    "the origin \"" + id + "\" stands at a site and elsewhere too",
                    "remove all but one of site, region and latitude");
        }
        return new Origin(at, regionId, site, new DataPrice(form.value(OriginTable.EGRESS)));
    }

    private @Nullable Coordinates at(
            @Nullable Form form,
            Attribute<Double> latitude,
            Attribute<Double> longitude,
            @Nullable Coordinates otherwise) {
        Double north = stated(form, latitude);
        Double east = stated(form, longitude);
        if (form != null && (north == null) != (east == null)) {
            Place place = form.place(north == null ? longitude : latitude);
            reading.error(place, null, "half of a place is stated", "add both latitude and longitude");
        }
        return north == null || east == null ? otherwise : new Coordinates(north, east);
    }

    private List<Link> links(Form form) {
        List<Link> links = new ArrayList<>();
        List<Form> forms = form.valueOrNull(NetworkTable.LINKS);
        for (Form each : forms == null ? List.<Form>of() : forms) {
            if (!each.isSound()) {
                continue;
            }
            List<String> between = each.value(LinkTable.BETWEEN);
            if (between.size() != 2) {
                reading.error(
                        each.place(LinkTable.BETWEEN),
                        null,
                        "a link is between two places, not " + between.size(),
                        "write between: [one, other]");
                continue;
            }
            Double roundTrip = each.valueOrNull(LinkTable.ROUND_TRIP);
            Double price = each.valueOrNull(LinkTable.PRICE);
            Double capacity = each.valueOrNull(LinkTable.CAPACITY);
            String one = between.get(0);
            String other = between.get(1);
            if (links.stream().anyMatch(link -> link.joins(one, other))) {
                reading.error(
                        each.place(),
                        one,
                        "the link between " + one + " and " + other + " stands twice",
                        "remove one of the two; a link holds in both directions");
            }
            links.add(new Link(
                    one,
                    other,
                    roundTrip == null ? null : new TimeSpan(roundTrip),
                    price == null ? null : new DataPrice(price),
                    capacity == null ? null : new ByteRate(capacity)));
        }
        return links;
    }

    private static @Nullable Double stated(@Nullable Form form, Attribute<Double> attribute) {
        return form == null || !form.isSound() ? null : form.valueOrNull(attribute);
    }

    private static @Nullable Double value(@Nullable Figure figure) {
        return figure == null ? null : Double.valueOf(figure.value());
    }
}

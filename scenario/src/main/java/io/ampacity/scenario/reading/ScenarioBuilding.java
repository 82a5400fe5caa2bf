package io.ampacity.scenario.reading;

import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Vocabulary;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Region;
import io.ampacity.scenario.Futures;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Resale;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Fraction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Scenario} of a checked document, building whatever parts are sound so that all can be checked. */
final class ScenarioBuilding {

    private final Catalogue catalogue;
    private final SchemaReading reading;
    private final Form root;
    private final @Nullable Path folder;

    private final Map<String, Form> supplierForms;
    private final Map<String, Form> siteForms = new LinkedHashMap<>();
    private final Map<String, String> listers = new LinkedHashMap<>();
    private final Set<String> wronglyListing = new HashSet<>();
    private final Map<String, Site> sites = new LinkedHashMap<>();
    private final Map<String, Supplier> suppliers = new LinkedHashMap<>();

    ScenarioBuilding(Catalogue catalogue, SchemaReading reading, Form root, @Nullable Path folder) {
        this.catalogue = catalogue;
        this.reading = reading;
        this.root = root;
        this.folder = folder;
        this.supplierForms = Objects.requireNonNullElse(root.valueOrNull(ScenarioTable.SUPPLIERS), Map.of());
    }

    /** The scenario; null when anything in the document is wrong. */
    @Nullable Scenario scenario() {
        Form policyForm = root.valueOrNull(ScenarioTable.POLICY);
        Policy policy =
                policyForm != null && policyForm.isSound() ? new PolicyBuilding(reading).policy(policyForm) : null;
        Horizon horizon = horizon();
        PeriodLookup periods = horizon == null ? null : new PeriodLookup(horizon, reading);
        if (policy != null && periods != null && policyForm != null) {
            policy = policy.withPeriodLimits(new PolicyBuilding(reading).periodLimits(policyForm, periods));
        }
        buildSites(policy);
        if (periods != null) {
            buildSuppliers(periods);
        }
        List<OwnedFleet> fleet = periods == null ? List.of() : fleet(periods);
        Map<String, Form> workloadForms =
                Objects.requireNonNullElse(root.valueOrNull(ScenarioTable.WORKLOADS), Map.of());
        List<Workload> workloads = workloads(workloadForms, periods);
        Futures futures = new FutureBuilding(reading)
                .futures(root, policyForm, workloadForms.keySet(), suppliers.keySet(), ownSites());
        Projects projects = periods == null
                ? Projects.NONE
                : new ProjectBuilding(reading, periods, sites, suppliers.keySet())
                        .projects(root, siteForms)
                        .withSkills(new SkillsBuilding(reading, catalogue).skills(root));
        NetworkBuilding connecting = new NetworkBuilding(catalogue, reading);
        Network network = connecting.network(root, sites, siteForms, workloadForms);
        Resale resale = ResaleTable.resale(root, reading, catalogue);
        if (policy == null || horizon == null || policyForm == null) {
            return null;
        }
        Scenario draft = new Scenario(
                Objects.requireNonNullElse(root.valueOrNull(ScenarioTable.NAME), "unnamed"),
                root.valueOrNull(ScenarioTable.DESCRIPTION),
                horizon,
                List.copyOf(sites.values()),
                List.copyOf(suppliers.values()),
                fleet,
                workloads,
                policy,
                futures,
                projects,
                network,
                resale,
                catalogue);
        connecting.checkDistances(draft, workloadForms);
        if (isSupplySound()) {
            new AnswerabilityCheck(draft, reading, policyForm, workloadForms, siteForms).check();
        }
        return reading.errors() == 0 ? draft : null;
    }

    private Set<String> ownSites() {
        Set<String> own = new LinkedHashSet<>();
        sites.values().stream()
                .filter(site -> site.supplier().equals(Names.OWN))
                .forEach(site -> own.add(site.id()));
        return own;
    }

    /** Whether sites, suppliers, fleet and rules hold no error, so that what is missing is missing in truth. */
    private boolean isSupplySound() {
        return reading.issues().stream().filter(Issue::isError).allMatch(issue -> {
            String path = issue.place().path();
            return path.startsWith("workloads.") || path.startsWith("horizon") || path.startsWith("name");
        });
    }

    private @Nullable Horizon horizon() {
        Form form = root.valueOrNull(ScenarioTable.HORIZON);
        if (form == null || !form.isSound()) {
            return null;
        }
        return new Horizon(
                form.value(HorizonTable.START).first(),
                form.value(HorizonTable.PERIOD),
                form.value(HorizonTable.PERIODS),
                new Fraction(form.value(HorizonTable.DISCOUNT_RATE)));
    }

    private void buildSites(@Nullable Policy policy) {
        Vocabulary regions = reading.vocabulary("region");
        listRegions();
        Map<String, Form> stated = Objects.requireNonNullElse(root.valueOrNull(ScenarioTable.SITES), Map.of());
        stated.forEach((key, form) -> {
            String id = regions.resolve(key).orElse(key);
            if (siteForms.putIfAbsent(id, form) != null) {
                reading.error(form.place(), key, "the site \"" + id + "\" stands twice", "remove one of the two");
            }
        });
        listers.keySet().forEach(region -> siteForms.computeIfAbsent(region, this::unrefined));
        SiteBuilding building = new SiteBuilding(
                catalogue,
                reading,
                policy == null
                        ? Policy.CarbonBasis.AVERAGE_DIRECT
                        : policy.carbon().basis(),
                policy != null && policy.limitsCarbon());
        siteForms.forEach((id, form) -> {
            Region region = catalogue.regions().get(id);
            Site site = form.isSound() ? building.site(id, form, region, listers.get(id)) : null;
            if (site != null) {
                sites.put(id, site);
            }
        });
    }

    /** Notes which supplier lists which region. */
    private void listRegions() {
        supplierForms.forEach((supplier, form) -> {
            List<String> listed = form.valueOrNull(SupplierTable.REGIONS);
            for (int i = 0; listed != null && i < listed.size(); i++) {
                int errorsBefore = reading.errors();
                listRegion(supplier, form, listed.get(i), form.place(SupplierTable.REGIONS, i));
                if (reading.errors() > errorsBefore) {
                    wronglyListing.add(supplier);
                }
            }
        });
    }

    private void listRegion(String supplier, Form form, String id, Place place) {
        if (supplier.equals(Names.OWN)) {
            reading.error(
                    place, id, "your own organisation operates no cloud region", "declare an own site under sites");
            return;
        }
        String provider = provider(supplier, form);
        Region region = catalogue.regions().get(id);
        if (provider != null && region != null && !region.provider().equals(provider)) {
            reading.error(
                    place,
                    id,
                    "the region " + id + " belongs to " + region.provider() + ", not to " + provider,
                    "list it under a supplier " + region.provider());
        }
        String other = listers.putIfAbsent(id, supplier);
        if (other != null) {
            reading.error(
                    place,
                    id,
                    "the region " + id + " is listed by " + other + " already",
                    "declare a site under sites with supplier: " + supplier + " and region: " + id);
        }
    }

    /** What an empty mapping would say about a region, standing where its supplier lists it. */
    private Form unrefined(String region) {
        Form supplier = Objects.requireNonNull(supplierForms.get(Objects.requireNonNull(listers.get(region))));
        List<String> listed = supplier.value(SupplierTable.REGIONS);
        Place listing = supplier.place(SupplierTable.REGIONS, listed.indexOf(region));
        MappingNode nothing = new MappingNode(
                new Place(listing.document(), listing.line(), listing.column(), "sites." + region), Map.of(), Map.of());
        return Objects.requireNonNull(Nested.of(SiteTable.SECTION).read(nothing, reading));
    }

    private @Nullable String provider(String supplier, Form form) {
        String stated = form.valueOrNull(SupplierTable.PROVIDER);
        return stated != null
                ? stated
                : reading.vocabulary("provider").resolve(supplier).orElse(null);
    }

    private void buildSuppliers(PeriodLookup periods) {
        boolean sitesAreWhole = sites.size() == siteForms.size();
        OfferBuilding offers = new OfferBuilding(catalogue, reading, sites, siteForms, sitesAreWhole);
        FleetBuilding quotas = new FleetBuilding(reading, periods, sites);
        supplierForms.forEach((id, form) -> {
            if (form.isSound()) {
                suppliers.put(id, supplier(id, form, offers, quotas, sitesAreWhole));
            }
        });
        boolean ownNeeded =
                sites.values().stream().anyMatch(site -> site.supplier().equals(Names.OWN));
        if (ownNeeded && !supplierForms.containsKey(Names.OWN)) {
            Form nothing = Objects.requireNonNull(Nested.of(SupplierTable.SECTION)
                    .read(new MappingNode(root.place().below("suppliers.own"), Map.of(), Map.of()), reading));
            suppliers.put(Names.OWN, supplier(Names.OWN, nothing, offers, quotas, sitesAreWhole));
        }
    }

    private Supplier supplier(
            String id, Form form, OfferBuilding offerBuilding, FleetBuilding quotaBuilding, boolean sitesAreWhole) {
        boolean own = id.equals(Names.OWN);
        String provider = own ? null : provider(id, form);
        List<Supplier.SiteOffer> offers = offerBuilding.offers(id, form, provider);
        if (!own
                && sitesAreWhole
                && !wronglyListing.contains(id)
                && offers.isEmpty()
                && !form.states(SupplierTable.OFFERS)
                && !makesProgrammes(id)) {
            noOffers(id, form, provider);
        }
        if (own) {
            checkPurchases(offers);
        }
        List<Form> quotas = form.valueOrNull(SupplierTable.QUOTAS);
        String name = form.valueOrNull(SupplierTable.NAME);
        return new Supplier(
                id,
                name != null ? name : own ? "own" : id,
                own,
                new Fraction(form.value(SupplierTable.DISCOUNT)),
                offers,
                quotas == null ? List.of() : quotaBuilding.quotas(id, quotas));
    }

    /** Whether a supplier is there to make the chips of a programme. */
    private boolean makesProgrammes(String supplier) {
        Map<String, Form> programmes = Objects.requireNonNullElse(root.valueOrNull(ScenarioTable.PROGRAMMES), Map.of());
        return programmes.values().stream()
                .anyMatch(form -> supplier.equals(form.valueOrNull(ProgrammeTable.SUPPLIER)));
    }

    private void noOffers(String id, Form form, @Nullable String provider) {
        boolean hasSite =
                sites.values().stream().anyMatch(site -> site.supplier().equals(id));
        String problem = provider == null
                ? "the catalogue knows no provider \"" + id + "\", and the document states no offer of it"
                : hasSite
                        ? "the catalogue knows no offer of " + id + " at its sites for these chips and contracts"
                        : id + " lists no region and operates no site, so it sells nothing";
        String advice = provider == null
                ? "you meant provider: with a name the catalogue knows, or add offers"
                : hasSite ? "remove chips or contracts, or add offers" : "add regions: [" + someRegion(provider) + "]";
        reading.error(form.place(), id, problem, advice);
    }

    private String someRegion(String provider) {
        return catalogue.regions().values().stream()
                .filter(region -> region.provider().equals(provider))
                .map(Region::id)
                .findFirst()
                .orElse("…");
    }

    private void checkPurchases(List<Supplier.SiteOffer> offers) {
        siteForms.forEach((id, form) -> {
            List<String> chips = form.valueOrNull(SiteTable.BUY);
            for (int i = 0; chips != null && sites.containsKey(id) && i < chips.size(); i++) {
                String chip = chips.get(i);
                boolean priced = offers.stream()
                        .anyMatch(offer ->
                                offer.site().equals(id) && offer.offer().chip().equals(chip));
                if (!priced) {
                    reading.error(
                            form.place(SiteTable.BUY, i),
                            chip,
                            "the catalogue knows no purchase price of " + chip,
                            "add suppliers.own.offers: [{chip: " + chip + ", site: " + id
                                    + ", contract: purchase, purchase-price: 38 kUSD}]");
                }
            }
        });
    }

    private List<OwnedFleet> fleet(PeriodLookup periods) {
        FleetBuilding building = new FleetBuilding(reading, periods, sites);
        List<Form> forms = Objects.requireNonNullElse(root.valueOrNull(ScenarioTable.FLEET), List.of());
        List<OwnedFleet> fleet = new ArrayList<>();
        for (Form form : forms) {
            OwnedFleet owned = form.isSound() ? building.fleet(form) : null;
            if (owned != null) {
                fleet.add(owned);
            }
        }
        return fleet;
    }

    private List<Workload> workloads(Map<String, Form> forms, @Nullable PeriodLookup periods) {
        WorkloadBuilding building =
                new WorkloadBuilding(catalogue, reading, periods, new TrafficBuilding(reading, folder));
        if (forms.isEmpty() && root.isSound()) {
            reading.error(
                    root.place(ScenarioTable.WORKLOADS), null, "there is no workload, so nothing to plan", "add one");
        }
        List<Workload> workloads = new ArrayList<>();
        forms.forEach((id, form) -> {
            Workload workload = form.isSound() ? building.workload(id, form) : null;
            if (workload != null) {
                workloads.add(workload);
            }
        });
        return workloads;
    }
}

package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.documents.Issue;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Horizon;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ScenarioHash;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Carbon;
import io.ampacity.units.CarbonIntensity;
import io.ampacity.units.CarbonPrice;
import io.ampacity.units.EnergyPrice;
import io.ampacity.units.Fraction;
import io.ampacity.units.HourlyPrice;
import io.ampacity.units.Money;
import io.ampacity.units.Power;
import io.ampacity.units.RequestRate;
import io.ampacity.units.TimeSpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {

    @Test
    void theWholeLanguageIsReadWithoutAWord() throws IOException {
        ScenarioReading reading = ScenarioReader.parse("northwind.yaml", good(), SmallCatalogue.catalogue());

        assertThat(reading.issues()).isEmpty();
        Scenario scenario = reading.scenarioOrThrow();
        assertThat(scenario.horizon()).isEqualTo(new Horizon(YearMonth.of(2027, 1), 3, 4, new Fraction(0.08)));
        assertThat(scenario.sites())
                .extracting(Site::id)
                .containsExactly(
                        "aws:eu-central-1",
                        "acme-paris",
                        "frankfurt-dc",
                        "paris-edge",
                        "aws:eu-west-1",
                        "gcp:europe-west1");
        assertThat(scenario.suppliers()).extracting(Supplier::id).containsExactly("aws", "gcp", "acme", "own");
        assertThat(scenario.workloads())
                .extracting(Workload::id)
                .containsExactly("assistant", "shop-floor", "tune", "nightly");
    }

    @Test
    void whatIsNotStatedComesFromTheRegionTheModelOrADefault() {
        ScenarioReading reading = ScenarioReader.parse("small.yaml", SMALL, SmallCatalogue.catalogue());

        assertThat(reading.issues())
                .extracting(Issue::problem)
                .singleElement()
                .asString()
                .contains("nothing is promised");
        Scenario scenario = reading.scenarioOrThrow();
        Site site = scenario.sites().getFirst();
        assertThat(site.kind()).isEqualTo(Site.Kind.CLOUD_REGION);
        assertThat(site.supplier()).isEqualTo("aws");
        assertThat(site.jurisdiction()).isEqualTo("DE");
        assertThat(site.power()).isNull();
        assertThat(site.tariff()).isNull();
        assertThat(site.pue()).isEqualTo(1.33);
        assertThat(site.carbonIntensity()).isEqualTo(new CarbonIntensity(332));
        assertThat(site.gridProfile()).isEqualTo("DE-LU");
        assertThat(site.roundTrip().seconds()).isEqualTo(0.030);
        assertThat(scenario.horizon()).isEqualTo(new Horizon(YearMonth.of(2027, 1), 3, 4, new Fraction(0.08)));
        assertThat(scenario.suppliers().getFirst().offers())
                .extracting(Supplier.SiteOffer::id)
                .containsExactly("aws:eu-central-1/h100-sxm/on-demand", "aws:eu-central-1/h100-sxm/reserved-12m");
        Workload.Serving chat = (Workload.Serving) scenario.workloads().getFirst();
        assertThat(chat.precision()).isEqualTo(Precision.BF16);
        assertThat(chat.kvPrecision()).isEqualTo(Precision.BF16);
        assertThat(chat.engine()).isEqualTo(Engine.VLLM);
        assertThat(chat.latencyClass()).isEqualTo(Workload.LatencyClass.ANYWHERE);
        assertThat(chat.objective()).isEqualTo(new ServiceLevelObjective(null, null, 0.95));
        assertThat(chat.traffic())
                .isEqualTo(new Traffic(
                        new RequestRate(4),
                        2,
                        0,
                        1,
                        new Traffic.TokenLengths(500, 1, 4000),
                        new Traffic.TokenLengths(100, 1, 800),
                        0,
                        null));
        assertThat(scenario.policy()).isEqualTo(Policy.NONE);
        assertThat(scenario.fleet()).isEmpty();
    }

    @Test
    void everyStatedFigureArrivesInItsBaseUnit() throws IOException {
        Scenario scenario = ScenarioReader.parse("northwind.yaml", good(), SmallCatalogue.catalogue())
                .scenarioOrThrow();

        Site dataCentre = scenario.sites().get(2);
        assertThat(dataCentre)
                .isEqualTo(new Site(
                        "frankfurt-dc",
                        Site.Kind.DATA_CENTRE,
                        "own",
                        null,
                        "DE",
                        new Power(1.2e6),
                        1.25,
                        new EnergyPrice(0.095),
                        new CarbonIntensity(332),
                        null,
                        "DE-LU",
                        new TimeSpan(0.012),
                        new HourlyPrice(150 * 12 / 8766.0)));
        assertThat(scenario.sites().getFirst().roundTrip()).isEqualTo(new TimeSpan(0.014));
        assertThat(scenario.fleet())
                .containsExactly(
                        new OwnedFleet("frankfurt-dc", "h100-sxm", 128, 0, null, null),
                        new OwnedFleet("paris-edge", "h100-sxm", 16, 1, null, new Money(450)));
        Supplier aws = scenario.suppliers().getFirst();
        assertThat(aws.discount()).isEqualTo(new Fraction(0.05));
        assertThat(aws.quotas())
                .containsExactly(
                        new Supplier.Quota("h100-sxm", null, 64, 0), new Supplier.Quota("h100-sxm", null, 128, 2));
        Supplier acme = scenario.suppliers().get(2);
        assertThat(acme.offers())
                .extracting(Supplier.SiteOffer::id)
                .containsExactly("acme-paris/mi300x/on-demand", "acme-paris/mi300x/reserved-24m");
        assertThat(acme.offers().get(1).offer().contract()).isEqualTo(new Contract.Reserved(24, 0.2));
        assertThat(acme.offers().get(1).block()).isEqualTo(8);
        Supplier own = scenario.suppliers().get(3);
        assertThat(own.own()).isTrue();
        assertThat(own.name()).isEqualTo("Northwind");
        assertThat(own.offers())
                .extracting(Supplier.SiteOffer::id)
                .containsExactly("frankfurt-dc/h200-sxm/purchase", "frankfurt-dc/mi300x/purchase");
        assertThat(own.offers().get(1).offer().contract()).isEqualTo(new Contract.Purchase(48, 6));
        Workload.Serving assistant = (Workload.Serving) scenario.workloads().getFirst();
        assertThat(assistant.model()).isEqualTo("llama-3.1-70b");
        assertThat(assistant.traffic().growthPerYear()).isEqualTo(0.6);
        assertThat(assistant.traffic().promptTokens()).isEqualTo(new Traffic.TokenLengths(1155, 1.2, 8192));
        assertThat(assistant.objective())
                .isEqualTo(new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.06), 0.95));
        Workload.Serving shopFloor = (Workload.Serving) scenario.workloads().get(1);
        assertThat(shopFloor.traffic().rate()).isEqualTo(new RequestRate(5));
        assertThat(shopFloor.traffic().prefixShare())
                .isEqualTo(assistant.traffic().prefixShare());
        assertThat(scenario.workloads().get(2))
                .isEqualTo(new Workload.Training(
                        "tune", "llama-3.1-70b", Precision.BF16, 20e9, 1, 2, 64, 8192, null, null, List.of()));
        Workload.Batch nightly = (Workload.Batch) scenario.workloads().get(3);
        assertThat(nightly.promptTokensPerPeriod()).isEqualTo(4e9);
        assertThat(nightly.outputTokensPerPeriod()).isEqualTo(6e8);
        Policy policy = scenario.policy();
        assertThat(policy.budget().perPeriod()).isEqualTo(new Money(6e6));
        assertThat(policy.budget().total()).isEqualTo(new Money(22e6));
        assertThat(policy.carbon().total()).isEqualTo(new Carbon(9e9));
        assertThat(policy.carbon().price()).isEqualTo(new CarbonPrice(90));
        assertThat(policy.shares().supplierSpending()).isEqualTo(0.7);
        Policy.DataClass personal = Objects.requireNonNull(policy.dataClasses().get("personal"));
        assertThat(personal.subProcessors()).containsExactlyInAnyOrder("aws", "acme");
        assertThat(personal.jurisdictions()).hasSize(27).contains("DE", "FR").doesNotContain("CH", "NO", "GB");
        assertThat(policy.survivals())
                .containsExactly(
                        new Policy.Survival(Policy.LossOf.SUPPLIER, 0.8), new Policy.Survival(Policy.LossOf.SITE, 0.8));
    }

    @Test
    void aDocumentChangesTheOneItExtends(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), SMALL);
        Path file = Files.writeString(folder.resolve("busier.yaml"), """
                extends: base.yaml
                name: busier
                workloads: {chat: {traffic: {rate: 40 /s}, objective: {time-to-first-token: 1 s}}}
                """);

        ScenarioReading reading = ScenarioReader.read(file, SmallCatalogue.catalogue());

        assertThat(reading.issues()).isEmpty();
        Scenario scenario = reading.scenarioOrThrow();
        assertThat(scenario.name()).isEqualTo("busier");
        Workload.Serving chat = (Workload.Serving) scenario.workloads().getFirst();
        assertThat(chat.traffic().rate()).isEqualTo(new RequestRate(40));
        assertThat(chat.traffic().promptTokens().mean()).isEqualTo(500);
    }

    @Test
    void aMistakeInAnExtendedDocumentIsPlacedThere(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), SMALL.replace("4 /s", "4 MW"));
        Path file = Files.writeString(folder.resolve("top.yaml"), "extends: base.yaml\nname: top\n");

        assertThat(ScenarioReader.read(file, SmallCatalogue.catalogue()).errors())
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.place().document()).endsWith("base.yaml");
                    assertThat(issue.place().line()).isEqualTo(8);
                });
    }

    @Test
    void aSupplierUnknownToTheCatalogueSellsAtItsOwnSiteWhatTheCatalogueSellsAnywhere() {
        String text = SMALL.replace(
                "suppliers: {aws: {regions: [aws:eu-central-1]}}",
                "suppliers: {cheap: {provider: anycloud}}\n"
                        + "sites: {oslo: {kind: cloud-region, supplier: cheap, jurisdiction: NO, pue: 1.1}}");
        Scenario scenario =
                ScenarioReader.parse("x", text, SmallCatalogue.catalogue()).scenarioOrThrow();
        assertThat(scenario.suppliers().getFirst().offers())
                .extracting(Supplier.SiteOffer::id)
                .containsExactly("oslo/mi300x/on-demand");
    }

    @Test
    void theHashKnowsWhatMattersAndNothingElse() throws IOException {
        String good = good();
        String hash = hash(good);
        assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(hash(good));
        assertThat(hash("# a remark\n" + good.replace("300 /min", "5 /s"))).isEqualTo(hash);
        assertThat(hash(good.replace("sub-processors: [aws, acme]", "sub-processors: [acme, aws]")))
                .isEqualTo(hash);
        assertThat(hash(good.replace("40 /s", "41 /s"))).isNotEqualTo(hash);
        assertThat(hash(good.replace("2.10 USD/h", "2.11 USD/h"))).isNotEqualTo(hash);
        assertThat(hash(good.replace("tariff: 95 USD/MWh", "tariff: 96 USD/MWh")))
                .isNotEqualTo(hash);
    }

    private static String hash(String text) {
        return ScenarioHash.of(
                ScenarioReader.parse("x", text, SmallCatalogue.catalogue()).scenarioOrThrow());
    }

    private static final String SMALL = """
            ampacity: 1
            name: small
            horizon: {start: 2027-01}
            suppliers: {aws: {regions: [aws:eu-central-1]}}
            workloads:
              chat:
                model: llama-3.1-8b
                traffic: {rate: 4 /s, prompt-tokens: 500, output-tokens: 100}
            """;

    static String good() throws IOException {
        try (InputStream in = ScenarioReaderTest.class.getResourceAsStream("/good/northwind.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

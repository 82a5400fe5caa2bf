package io.ampacity.scenario.reading;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Precision;
import io.ampacity.facts.Region;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalogue of round numbers, small enough to keep in mind. */
public final class SmallCatalogue {

    private SmallCatalogue() {}

    public static Catalogue catalogue() {
        Map<String, Chip> chips = new LinkedHashMap<>();
        for (Chip chip : List.of(
                chip("h100-sxm", "H100 SXM5", 80e9, 700.0),
                chip("h200-sxm", "H200 SXM5", 141e9, 700.0),
                chip("mi300x", "Instinct MI300X", 192e9, 750.0),
                chip("trainium2", "Trn2", 96e9, null),
                chip("groq-lpu", "LPU v1", 0.23e9, 215.0))) {
            chips.put(chip.id(), chip);
        }
        Map<String, LanguageModel> models = new LinkedHashMap<>();
        for (LanguageModel model : List.of(
                model("llama-3.1-8b", "meta-llama/Llama-3.1-8B", 8e9, 4096, 32, 14_336),
                model("llama-3.1-70b", "meta-llama/Llama-3.1-70B", 70e9, 8192, 80, 28_672),
                model("giant-100t", "giant", 100e12, 262_144, 80, 1_310_720))) {
            models.put(model.id(), model);
        }
        Map<String, Region> regions = new LinkedHashMap<>();
        for (Region region : List.of(
                region("aws:eu-central-1", "DE", "DE-LU", 332.0, 1.33),
                region("aws:eu-west-1", "IE", null, 278.0, 1.1),
                region("aws:us-east-1", "US", null, 380.0, 1.15),
                region("gcp:europe-west1", "BE", null, 110.0, 1.1),
                region("azure:francecentral", "FR", null, 53.0, 1.2),
                region("azure:norwaywest", "NO", null, null, 1.2))) {
            regions.put(region.id(), region);
        }
        Map<String, Offer> offers = new LinkedHashMap<>();
        for (Offer offer : List.of(
                rent("aws", "aws:eu-central-1", "h100-sxm", new Contract.OnDemand(), 7.5),
                rent("aws", "aws:eu-central-1", "h100-sxm", new Contract.Reserved(12, 0), 5.0),
                rent("aws", "aws:eu-central-1", "h100-sxm", new Contract.Spot(), 3.0),
                rent("aws", "aws:eu-west-1", "h100-sxm", new Contract.OnDemand(), 7.0),
                rent("aws", "aws:eu-west-1", "h200-sxm", new Contract.OnDemand(), 8.0),
                rent("aws", "aws:us-east-1", "trainium2", new Contract.OnDemand(), 1.5),
                rent("gcp", "gcp:europe-west1", "h100-sxm", new Contract.OnDemand(), 9.8),
                rent("azure", "azure:francecentral", "mi300x", new Contract.OnDemand(), 6.0),
                rent("azure", "azure:norwaywest", "mi300x", new Contract.OnDemand(), 6.5),
                rent("anycloud", null, "mi300x", new Contract.OnDemand(), 2.5),
                rent("aws", "aws:eu-west-1", "groq-lpu", new Contract.OnDemand(), 0.5),
                new Offer(
                        "maker/h200-sxm/purchase",
                        "maker",
                        null,
                        "h200-sxm",
                        null,
                        8,
                        new Contract.Purchase(60, 4),
                        null,
                        figure(38_000),
                        null))) {
            offers.put(offer.id(), offer);
        }
        double[] hours = new double[288];
        Arrays.fill(hours, 330);
        Map<String, GridProfile> grids = Map.of(
                "DE-LU", new GridProfile("DE-LU", "Germany", MonthHourTable.of(hours), null, "made up", "2026", null));
        return new Catalogue(chips, models, regions, offers, grids);
    }

    private static Figure figure(double value) {
        return Figure.of(value, "made up", "2026");
    }

    private static @Nullable Figure figure(@Nullable Double value) {
        return value == null ? null : figure(value.doubleValue());
    }

    private static Chip chip(String id, String name, double memory, @Nullable Double tdp) {
        return new Chip(
                id,
                name,
                List.of(name, name.toLowerCase(java.util.Locale.ROOT)),
                "maker",
                id.startsWith("mi") ? "rocm" : "cuda",
                2023,
                Map.of(Precision.BF16, figure(1e15)),
                figure(memory),
                figure(3e12),
                figure(tdp),
                null,
                null,
                figure(450e9),
                8,
                8,
                figure(50e9),
                null,
                null,
                null);
    }

    private static LanguageModel model(
            String id, String alias, double parameters, int hidden, int layers, int feedForward) {
        return new LanguageModel(
                id,
                id,
                List.of(alias),
                "maker",
                layers,
                hidden,
                64,
                128_256,
                false,
                131_072,
                new LanguageModel.Attention.GroupedQuery(8, 128),
                new LanguageModel.LayerKinds(layers, 0, 0, 0),
                new LanguageModel.FeedForward.Dense(feedForward, 3),
                Precision.BF16,
                figure(parameters),
                figure(parameters),
                "made up",
                "2026",
                null);
    }

    private static Region region(
            String id, String country, @Nullable String grid, @Nullable Double direct, @Nullable Double pue) {
        return new Region(
                id,
                id.substring(0, id.indexOf(':')),
                id,
                country,
                grid,
                figure(direct),
                null,
                null,
                figure(pue),
                null,
                null,
                null,
                null);
    }

    private static Offer rent(String supplier, @Nullable String region, String chip, Contract contract, double price) {
        return new Offer(
                supplier + "/" + region + "/" + chip + "/" + contract.id(),
                supplier,
                region,
                chip,
                null,
                8,
                contract,
                figure(price),
                null,
                null);
    }
}

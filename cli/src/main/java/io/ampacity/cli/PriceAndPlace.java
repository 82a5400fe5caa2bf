package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Region;
import io.ampacity.physics.estimate.Banded;
import io.ampacity.physics.estimate.Estimate;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what the chips cost and which grid feeds them. */
final class PriceAndPlace {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
    private static final double MILLION = 1e6;

    @Option(
            names = "--offer",
            paramLabel = "ID",
            description = "The offer that prices the chips; the cheapest on demand unless said.",
            order = 30)
    private @Nullable String offer;

    @Option(
            names = "--price",
            paramLabel = "USD",
            description = "A price of your own, USD for one chip and hour.",
            order = 31)
    private @Nullable Double price;

    @Option(
            names = "--region",
            paramLabel = "ID",
            description = "Where the chips stand, for carbon; that of the offer unless said.",
            order = 32)
    private @Nullable String region;

    /**
     * What a token costs in money and carbon; null where a figure for it is unknown.
     *
     * @param costBasis which price was taken
     * @param carbonBasis which grid was taken, and which kind of intensity
     */
    record Costs(
            @Nullable Banded costPerMillionOutputTokensUsd,
            String costBasis,
            @Nullable Banded carbonPerOutputTokenGrams,
            String carbonBasis) {}

    Costs costs(KnownFacts known, Chip chip, Deployment deployment, Estimate estimate) {
        Optional<Offer> chosen = offer == null ? cheapest(known, chip) : Optional.of(named(known, offer, chip));
        Double chipHour = chipHour(chosen);
        Banded rate = estimate.outputTokensPerSecond();
        Banded cost = null;
        String costBasis = "unknown, as no on-demand offer of " + chip.id() + " is known; --price sets one";
        if (chipHour != null) {
            double usdPerSecond = chipHour * deployment.chips() / SECONDS_PER_HOUR;
            cost = new Banded(
                    usdPerSecond / rate.value() * MILLION,
                    usdPerSecond / rate.high() * MILLION,
                    usdPerSecond / rate.low() * MILLION);
            costBasis = price != null
                    ? price + " USD a chip-hour, as given"
                    : chosen.map(Offer::id).orElse("") + " at " + chipHour + " USD a chip-hour";
        }
        return withCarbon(known, chosen, estimate, cost, costBasis);
    }

    /**
     * Who provides a replica, where it stands and what it costs there; null where unknown.
     *
     * @param costBasis which price was taken, or why there is none
     * @param carbonBasis which grid was taken, or why there is none
     * @param waterBasis which figure of water was taken, or why there is none
     */
    record Place(
            String supplier,
            String region,
            double pue,
            @Nullable Double gramsPerKilowattHour,
            @Nullable String gridProfile,
            @Nullable Double litresPerKilowattHour,
            @Nullable Double usdPerReplicaSecond,
            String costBasis,
            String carbonBasis,
            String waterBasis) {}

    /** The place of replicas of so many chips each. */
    Place place(KnownFacts known, Chip chip, Deployment deployment) {
        Optional<Offer> chosen = offer == null ? cheapest(known, chip) : Optional.of(named(known, offer, chip));
        Double chipHour = chipHour(chosen);
        String costBasis = chipHour == null
                ? "unknown, as no on-demand offer of " + chip.id() + " is known; --price sets one"
                : price != null
                        ? price + " USD a chip-hour, as given; energy is taken as inside it"
                        : chosen.map(Offer::id).orElse("") + " at " + chipHour
                                + " USD a chip-hour; energy is inside the rent";
        String supplier = chosen.map(Offer::supplier).orElse("pool");
        Double usd = chipHour == null ? null : chipHour * deployment.chips() / SECONDS_PER_HOUR;
        String name = region == null ? chosen.map(Offer::region).orElse(null) : region;
        if (name == null) {
            String reason = "unknown, as no region is given; --region names one";
            return new Place(supplier, "pool", 1, null, null, null, usd, costBasis, reason, reason);
        }
        Region where = known.region(name);
        Figure direct = where.averageDirect();
        Figure intensity = direct == null ? where.averageLifeCycle() : direct;
        Figure pue = where.pue();
        Figure wue = where.wue();
        String carbonBasis = intensity == null || pue == null
                ? "unknown, as no " + (intensity == null ? "grid intensity" : "PUE") + " of " + where.id() + " is known"
                : where.id() + ", " + intensity.value() + " gCO2e/kWh average "
                        + (direct == null ? "life-cycle" : "direct") + ", PUE " + pue.value();
        return new Place(
                supplier,
                where.id(),
                pue == null ? 1 : pue.value(),
                intensity == null || pue == null ? null : intensity.value(),
                direct == null ? null : where.gridProfile(),
                wue == null ? null : wue.value(),
                usd,
                costBasis,
                carbonBasis,
                wue == null
                        ? "unknown, as no water usage of " + where.id() + " is known"
                        : where.id() + ", " + wue.value() + " L for each kWh of IT energy");
    }

    /** What the cheapest on-demand offer of a chip asks for an hour, in the region that was named; null when unknown. */
    @Nullable Double cheapestChipHour(KnownFacts known, Chip chip) {
        Figure figure = cheapest(known, chip).map(Offer::pricePerChipHour).orElse(null);
        return figure == null ? null : figure.value();
    }

    /** PUE of the place, where both are known. */
    @Nullable Double pue(KnownFacts known, Chip chip) {
        Optional<Offer> chosen = offer == null ? cheapest(known, chip) : Optional.of(named(known, offer, chip));
        String place = region == null ? chosen.map(Offer::region).orElse(null) : region;
        Figure figure = place == null ? null : known.region(place).pue();
        return figure == null ? null : figure.value();
    }

    private @Nullable Double chipHour(Optional<Offer> chosen) {
        if (price != null) {
            return Numbers.positive("--price", price);
        }
        Figure figure = chosen.map(Offer::pricePerChipHour).orElse(null);
        return figure == null ? null : figure.value();
    }

    private Costs withCarbon(
            KnownFacts known, Optional<Offer> chosen, Estimate estimate, @Nullable Banded cost, String costBasis) {
        String place = region == null ? chosen.map(Offer::region).orElse(null) : region;
        if (place == null) {
            return new Costs(cost, costBasis, null, "unknown, as no region is given; --region names one");
        }
        Region where = known.region(place);
        Figure intensity = where.averageDirect() == null ? where.averageLifeCycle() : where.averageDirect();
        String kind = where.averageDirect() == null ? "average life-cycle" : "average direct";
        Figure pue = where.pue();
        if (intensity == null || pue == null) {
            return new Costs(
                    cost,
                    costBasis,
                    null,
                    "unknown, as no " + (intensity == null ? "grid intensity" : "PUE") + " of " + where.id()
                            + " is known");
        }
        double gramsPerJoule = intensity.value() * pue.value() / JOULES_PER_KILOWATT_HOUR;
        Banded energy = estimate.energyPerOutputTokenJoules();
        // Servers draw on top of the chips; their share follows the band of the chips.
        double server =
                estimate.serverWatts() / estimate.outputTokensPerSecond().value();
        double factor = (energy.value() + server) / energy.value() * gramsPerJoule;
        Banded carbon = new Banded(energy.value() * factor, energy.low() * factor, energy.high() * factor);
        String carbonBasis = where.id() + ", " + intensity.value() + " gCO2e/kWh " + kind + ", PUE " + pue.value()
                + ", chips and servers";
        return new Costs(cost, costBasis, carbon, carbonBasis);
    }

    private static Offer named(KnownFacts known, String id, Chip chip) {
        Offer named = known.offer(id);
        if (!named.chip().equals(chip.id())) {
            throw new BadInput(
                    "--offer " + id + " is of " + named.chip() + ", not of " + chip.id(),
                    "ampacity facts list offers " + chip.id() + " shows those that are");
        }
        return named;
    }

    /** The cheapest on-demand offer of a chip, in the region that was named when one was. */
    private Optional<Offer> cheapest(KnownFacts known, Chip chip) {
        String place = region == null ? null : known.region(region).id();
        return known.catalogue().offers().values().stream()
                .filter(each -> each.chip().equals(chip.id()))
                .filter(each -> each.contract() instanceof Contract.OnDemand)
                .filter(each -> place == null || place.equals(each.region()))
                .filter(each -> each.pricePerChipHour() != null)
                .min(Comparator.comparingDouble(PriceAndPlace::priceOf).thenComparing(Offer::id));
    }

    private static double priceOf(Offer each) {
        Figure figure = each.pricePerChipHour();
        return figure == null ? Double.POSITIVE_INFINITY : figure.value();
    }
}

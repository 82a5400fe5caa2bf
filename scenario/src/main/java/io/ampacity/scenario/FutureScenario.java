package io.ampacity.scenario;

import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Offer;
import io.ampacity.units.RequestRate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works a future into a scenario: its demand, its prices, its deliveries. */
record FutureScenario(Scenario stated, Future future) {

    Scenario scenario() {
        List<Workload> workloads =
                stated.workloads().stream().map(this::workload).toList();
        List<Supplier> suppliers =
                stated.suppliers().stream().map(this::supplier).toList();
        Projects projects = stated.projects().withProgrammes(this::programme).withExpansions(this::expansion);
        return stated.withWorkloads(workloads)
                .withSuppliers(suppliers)
                .withProjects(projects)
                .withFutures(Futures.NONE);
    }

    private Programme programme(Programme programme) {
        Future.Outcome outcome = future.programmes().get(programme.id());
        return outcome == null ? programme : programme.withOutcome(outcome.fails(), outcome.delayMonths());
    }

    private Expansion expansion(Expansion expansion) {
        return expansion.withDelay(future.sites().getOrDefault(expansion.site(), 0));
    }

    private Workload workload(Workload workload) {
        double demand = future.demand() * future.workloads().getOrDefault(workload.id(), 1.0);
        return switch (workload) {
            case Workload.Serving serving -> {
                Traffic traffic = serving.traffic();
                yield serving.withTraffic(new Traffic(
                        new RequestRate(traffic.rate().requestsPerSecond() * demand),
                        traffic.peakToMean(),
                        grown(traffic.growthPerYear()),
                        traffic.burstiness(),
                        traffic.promptTokens(),
                        traffic.outputTokens(),
                        traffic.prefixShare(),
                        traffic.trace()));
            }
            case Workload.Batch batch -> batch.withDemand(demand, grown(batch.growthPerYear()));
            case Workload.Training training -> training;
        };
    }

    private double grown(double perYear) {
        return future.demandGrowth() == 0 ? perYear : (1 + perYear) * (1 + future.demandGrowth()) - 1;
    }

    private Supplier supplier(Supplier supplier) {
        double price = future.price() * future.suppliers().getOrDefault(supplier.id(), 1.0);
        List<Supplier.SiteOffer> offers = new ArrayList<>();
        for (Supplier.SiteOffer each : supplier.offers()) {
            offers.add(new Supplier.SiteOffer(each.site(), offer(each.offer(), price), each.block()));
        }
        return supplier.withOffers(offers);
    }

    private Offer offer(Offer offer, double price) {
        return switch (offer.contract()) {
            case Contract.OnDemand onDemand -> offer.withPrice(times(offer.pricePerChipHour(), price));
            case Contract.Spot spot -> offer.withPrice(times(offer.pricePerChipHour(), price));
            case Contract.Reserved reserved -> offer;
            case Contract.Purchase(int life, int lead) ->
                offer.withContract(new Contract.Purchase(life, lead + future.delayMonths()));
        };
    }

    private static @Nullable Figure times(@Nullable Figure price, double factor) {
        return price == null || factor == 1
                ? price
                : new Figure(price.value() * factor, price.source(), price.asOf(), price.note(), price.rejected());
    }
}

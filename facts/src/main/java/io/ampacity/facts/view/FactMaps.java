package io.ampacity.facts.view;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Contract;
import io.ampacity.facts.Figure;
import io.ampacity.facts.GridProfile;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.MonthHourTable;
import io.ampacity.facts.Offer;
import io.ampacity.facts.ParameterCount;
import io.ampacity.facts.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts as maps of strings, numbers, lists and maps, SI with the unit in the key. An unknown value has no key. */
final class FactMaps {

    private FactMaps() {}

    static Map<String, Object> chip(Chip chip) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", chip.id());
        map.put("name", chip.name());
        map.put("aliases", chip.aliases());
        map.put("vendor", chip.vendor());
        map.put("family", chip.family());
        map.put("year", chip.year());
        Map<String, Object> peak = new LinkedHashMap<>();
        chip.peakFlops().forEach((precision, figure) -> put(peak, precision.id(), figure));
        map.put("peakFlopsPerSecond", peak);
        put(map, "memoryBytes", chip.memoryBytes());
        put(map, "memoryBandwidthBytesPerSecond", chip.memoryBandwidth());
        put(map, "tdpWatts", chip.tdpWatts());
        put(map, "idleWatts", chip.idleWatts());
        put(map, "allInWatts", chip.allInWatts());
        put(map, "scaleUpBytesPerSecond", chip.scaleUpBandwidth());
        put(map, "scaleUpDomain", chip.scaleUpDomain());
        put(map, "chipsPerServer", chip.chipsPerServer());
        put(map, "scaleOutBytesPerSecond", chip.scaleOutBandwidth());
        put(map, "listPriceUsd", chip.listPriceUsd());
        put(map, "embodiedGrams", chip.embodiedGrams());
        if (!chip.parts().isEmpty()) {
            Map<String, Object> parts = new LinkedHashMap<>();
            chip.parts()
                    .forEach((part, making) -> parts.put(
                            part.id(),
                            Map.of("makers", making.makers(), "source", making.source(), "asOf", making.asOf())));
            map.put("parts", parts);
        }
        put(map, "note", chip.note());
        return map;
    }

    static Map<String, Object> model(LanguageModel model) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", model.id());
        map.put("name", model.name());
        map.put("aliases", model.aliases());
        map.put("maker", model.maker());
        map.put("layers", model.layers());
        map.put("hiddenSize", model.hiddenSize());
        map.put("queryHeads", model.queryHeads());
        map.put("vocabulary", model.vocabulary());
        map.put("tiedEmbeddings", model.tiedEmbeddings());
        put(map, "maximumContextTokens", model.maximumContext());
        map.put("attention", attention(model.attention()));
        map.put("layerKinds", kinds(model.layerKinds()));
        map.put("feedForward", feedForward(model.feedForward()));
        map.put("nativePrecision", model.nativePrecision().id());
        ParameterCount count = ParameterCount.of(model);
        map.put("countedParameters", count.total());
        map.put("countedActiveParameters", count.active());
        put(map, "publishedParameters", model.publishedParameters());
        put(map, "publishedActiveParameters", model.publishedActiveParameters());
        map.put("source", model.source());
        map.put("asOf", model.asOf());
        put(map, "note", model.note());
        return map;
    }

    private static Map<String, Object> attention(Attention attention) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (attention) {
            case Attention.GroupedQuery grouped -> {
                map.put("kind", "grouped-query");
                map.put("keyValueHeads", grouped.keyValueHeads());
                map.put("headSize", grouped.headSize());
            }
            case Attention.Latent latent -> {
                map.put("kind", "latent");
                map.put("keyValueRank", latent.keyValueRank());
                map.put("ropeHeadSize", latent.ropeHeadSize());
                map.put("contentHeadSize", latent.contentHeadSize());
                map.put("valueHeadSize", latent.valueHeadSize());
                put(map, "queryRank", latent.queryRank());
            }
        }
        return map;
    }

    private static Map<String, Object> kinds(LanguageModel.LayerKinds kinds) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("full", kinds.full());
        map.put("sliding", kinds.sliding());
        map.put("windowTokens", kinds.window());
        map.put("linear", kinds.linear());
        if (kinds.slidingAttention() != null) {
            map.put("slidingAttention", attention(kinds.slidingAttention()));
        }
        if (kinds.linearLayer() != null) {
            map.put("linearParameters", kinds.linearLayer().parameters());
            map.put("linearStateValues", kinds.linearLayer().stateValues());
        }
        return map;
    }

    private static Map<String, Object> feedForward(FeedForward feedForward) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (feedForward) {
            case FeedForward.Dense dense -> {
                map.put("kind", "dense");
                map.put("size", dense.size());
                map.put("matrices", dense.matrices());
            }
            case FeedForward.MixtureOfExperts mixture -> {
                map.put("kind", "mixture-of-experts");
                map.put("experts", mixture.experts());
                map.put("expertsPerToken", mixture.expertsPerToken());
                map.put("expertSize", mixture.expertSize());
                map.put("sharedExperts", mixture.sharedExperts());
                map.put("sharedExpertSize", mixture.sharedExpertSize());
                map.put("denseLayers", mixture.denseLayers());
                map.put("denseSize", mixture.denseSize());
                map.put("matrices", mixture.matrices());
            }
        }
        return map;
    }

    static Map<String, Object> region(Region region) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", region.id());
        map.put("provider", region.provider());
        map.put("name", region.name());
        map.put("jurisdiction", region.jurisdiction());
        put(map, "gridProfile", region.gridProfile());
        put(map, "averageDirectGramsPerKilowattHour", region.averageDirect());
        put(map, "averageLifeCycleGramsPerKilowattHour", region.averageLifeCycle());
        put(map, "marginalGramsPerKilowattHour", region.marginal());
        put(map, "pue", region.pue());
        put(map, "wueLitresPerKilowattHour", region.wue());
        put(map, "carbonFreeEnergy", region.carbonFreeEnergy());
        put(map, "tariffUsdPerKilowattHour", region.tariffUsdPerKilowattHour());
        put(map, "latitudeDegrees", region.latitude());
        put(map, "longitudeDegrees", region.longitude());
        put(map, "egressUsdPerGigabyte", region.egressUsdPerGigabyte());
        put(map, "transferUsdPerGigabyte", region.transferUsdPerGigabyte());
        put(map, "note", region.note());
        return map;
    }

    static Map<String, Object> offer(Offer offer) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", offer.id());
        map.put("supplier", offer.supplier());
        put(map, "region", offer.region());
        map.put("chip", offer.chip());
        put(map, "instance", offer.instance());
        map.put("chipsPerInstance", offer.chipsPerInstance());
        map.put("contract", offer.contract().id());
        switch (offer.contract()) {
            case Contract.OnDemand onDemand -> {}
            case Contract.Spot spot -> {}
            case Contract.Reserved reserved -> {
                map.put("termMonths", reserved.termMonths());
                map.put("upfrontShare", reserved.upfrontShare());
            }
            case Contract.Purchase purchase -> {
                map.put("usefulLifeMonths", purchase.usefulLifeMonths());
                map.put("leadTimeMonths", purchase.leadTimeMonths());
            }
        }
        put(map, "usdPerChipHour", offer.pricePerChipHour());
        put(map, "purchaseUsdPerChip", offer.purchasePrice());
        put(map, "note", offer.note());
        return map;
    }

    static Map<String, Object> grid(GridProfile grid) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", grid.id());
        map.put("name", grid.name());
        if (grid.carbonDirect() != null) {
            map.put("carbonDirectGramsPerKilowattHour", table(grid.carbonDirect()));
        }
        if (grid.price() != null) {
            map.put("priceUsdPerKilowattHour", table(grid.price()));
        }
        map.put("source", grid.source());
        map.put("asOf", grid.asOf());
        put(map, "note", grid.note());
        return map;
    }

    /** Twelve months of 24 hours. */
    private static List<List<Double>> table(MonthHourTable table) {
        List<List<Double>> months = new ArrayList<>();
        for (int month = 1; month <= 12; month++) {
            List<Double> hours = new ArrayList<>();
            for (int hour = 0; hour < 24; hour++) {
                hours.add(table.at(month, hour));
            }
            months.add(hours);
        }
        return months;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value instanceof Figure figure) {
            map.put(key, figure(figure));
        } else if (value != null) {
            map.put(key, value);
        }
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("value", figure.value());
        map.put("source", figure.source());
        map.put("asOf", figure.asOf());
        put(map, "note", figure.note());
        if (!figure.rejected().isEmpty()) {
            map.put(
                    "rejected",
                    figure.rejected().stream()
                            .map(other -> Map.<String, Object>of(
                                    "value", other.value(), "source", other.source(), "reason", other.reason()))
                            .toList());
        }
        return map;
    }
}

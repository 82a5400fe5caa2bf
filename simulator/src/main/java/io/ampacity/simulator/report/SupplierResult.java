package io.ampacity.simulator.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pools of one supplier did together; null figures are unknown. */
public record SupplierResult(
        String supplier,
        long completed,
        long outputTokens,
        double energyJoules,
        @Nullable Double carbonGrams,
        @Nullable Double waterLitres,
        @Nullable Double costUsd) {

    static SupplierResult of(String supplier, List<PoolResult> pools) {
        List<PoolResult> own =
                pools.stream().filter(pool -> pool.supplier().equals(supplier)).toList();
        return new SupplierResult(
                supplier,
                own.stream().mapToLong(PoolResult::completed).sum(),
                own.stream().mapToLong(PoolResult::decodedTokens).sum(),
                own.stream().mapToDouble(PoolResult::energyJoules).sum(),
                Totals.sum(own, PoolResult::carbonGrams),
                Totals.sum(own, PoolResult::waterLitres),
                Totals.sum(own, PoolResult::costUsd));
    }
}

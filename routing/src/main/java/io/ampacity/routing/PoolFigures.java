package io.ampacity.routing;

import org.jspecify.annotations.Nullable;

/**
 * What a request would cost in each pool at the moment it asks: money, carbon, energy. NaN where unknown. For one thread.
 */
public interface PoolFigures {

    /** USD for the request, or anything that grows with it. */
    double usd(int pool, RouteQuery query);

    /** Grams of CO2e for the request, or anything that grows with them. */
    double grams(int pool, RouteQuery query);

    /** Joules for the request, or anything that grows with them. */
    double joules(int pool, RouteQuery query);

    /**
     * What the table alone tells: a request's cost at full load, and the carbon intensity of its site in place of the
     * request's. Energy is unknown.
     */
    static PoolFigures of(RoutingTable table) {
        return new PoolFigures() {
            @Override
            public double usd(int pool, RouteQuery query) {
                return known(table.pools().get(pool).usdPerRequest());
            }

            @Override
            public double grams(int pool, RouteQuery query) {
                return known(table.pools().get(pool).gramsPerKilowattHour());
            }

            @Override
            public double joules(int pool, RouteQuery query) {
                return Double.NaN;
            }

            private static double known(@Nullable Double figure) {
                return figure == null ? Double.NaN : figure;
            }
        };
    }
}

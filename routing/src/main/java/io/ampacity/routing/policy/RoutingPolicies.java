package io.ampacity.routing.policy;

import io.ampacity.routing.PoolFigures;
import io.ampacity.routing.RoutingPolicy;
import io.ampacity.routing.RoutingTable;
import java.util.List;
import java.util.Locale;

/** The register of routing policies by name. */
public enum RoutingPolicies {
    PLAN_WEIGHTED("as the plan says; what is missing goes to those with spare capacity"),
    LEAST_OUTSTANDING("to the pool with the fewest requests outstanding for its size"),
    POWER_OF_TWO("to the less loaded of two drawn at random"),
    PREFIX_AWARE("requests with a common prefix to the same pool, unless it is overloaded"),
    ROUND_ROBIN("to each pool in turn, whatever its size"),
    COST_AWARE("to the cheapest pool with room, electricity at the hour's price"),
    CARBON_AWARE("to the pool with room where a request emits least at this hour"),
    ENERGY_AWARE("to the pool with room where a request takes least energy"),
    NAIVE("a bound: to the pools of the main supplier in turn, as where nobody plans"),
    CLAIRVOYANT("a bound: perfect balance, the lengths of answers being known beforehand");

    private final String help;

    RoutingPolicies(String help) {
        this.help = help;
    }

    /** What it does, in a few words. */
    public String help() {
        return help;
    }

    /** The name as written on the command line: {@code plan-weighted}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Every name, the standard one first. */
    public static List<String> names() {
        return java.util.Arrays.stream(values()).map(RoutingPolicies::id).toList();
    }

    /** @throws IllegalArgumentException when there is no such policy; the message lists those there are */
    public static RoutingPolicies named(String name) {
        for (RoutingPolicies policy : values()) {
            if (policy.id().equals(name)) {
                return policy;
            }
        }
        throw new IllegalArgumentException(
                "router: there is no policy " + name + ". Maybe one of " + String.join(", ", names()));
    }

    /** A new policy with fresh state for a table, which is all that it knows of cost and carbon. */
    public RoutingPolicy create(RoutingTable table, long seed) {
        return create(table, seed, PoolFigures.of(table));
    }

    /** A new policy with fresh state for a table. */
    public RoutingPolicy create(RoutingTable table, long seed, PoolFigures figures) {
        return switch (this) {
            case PLAN_WEIGHTED -> new PlanWeighted(table);
            case LEAST_OUTSTANDING -> new LeastOutstanding(table);
            case POWER_OF_TWO -> new PowerOfTwo(table, seed);
            case PREFIX_AWARE -> new PrefixAware(table);
            case ROUND_ROBIN -> new RoundRobin(table);
            case COST_AWARE -> new CheapestWithRoom(table, figures::usd);
            case CARBON_AWARE -> new CheapestWithRoom(table, figures::grams);
            case ENERGY_AWARE -> new CheapestWithRoom(table, figures::joules);
            case NAIVE -> new Naive(table);
            case CLAIRVOYANT -> new Clairvoyant(table);
        };
    }
}

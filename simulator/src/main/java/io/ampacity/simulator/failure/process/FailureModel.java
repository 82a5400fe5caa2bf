package io.ampacity.simulator.failure.process;

import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.failure.process.FailingComponent.Common;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What fails by chance, and how often. Immutable. */
public record FailureModel(String name, List<FailingComponent> components) {

    /** More failures than this in one run are taken for a wrong unit. */
    private static final int MOST_FAILURES = 2_000_000;

    public FailureModel {
        components = List.copyOf(components);
    }

    /**
     * A pool as far as failures are concerned.
     *
     * @param region of its site; the site's own name when unknown
     */
    public record Place(String pool, String supplier, String site, String region, int replicas, int chipsPerReplica) {}

    /** One thing that fails, and the group that it stands in. */
    private record Thing(Failure.Scope scope, String target, String site, String region, String supplier, int chips) {}

    /**
     * The failures of a fleet in a stretch of time, in order of their start.
     *
     * @throws IllegalArgumentException when there would be more than anybody can mean
     */
    public List<Failure> draw(List<Place> places, long seed, double seconds) {
        List<Failure> failures = new ArrayList<>();
        for (FailingComponent component : components) {
            List<Thing> things = things(component, places);
            Common common = component.common();
            double own = common == null ? 1 : 1 - common.share();
            if (own > 0) {
                for (Thing thing : things) {
                    renew(component, thing, own, seed, seconds, failures);
                }
            }
            if (common != null) {
                shocks(component, common, things, seed, seconds, failures);
            }
        }
        failures.sort(Comparator.comparingDouble(Failure::startSeconds));
        return failures;
    }

    private void renew(
            FailingComponent component, Thing thing, double share, long seed, double seconds, List<Failure> failures) {
        SplittableRandom random = chance(seed, component.id() + "\n" + thing.target);
        Lifetime between = component.between().leastOf(thing.chips);
        Lifetime works = new Lifetime(between.meanSeconds() / share, between.shape());
        double now = works.draw(random);
        while (now < seconds) {
            double repaired = now + component.repair().draw(random);
            add(component, thing, now, repaired, failures);
            now = repaired + works.draw(random);
        }
    }

    private void shocks(
            FailingComponent component,
            Common common,
            List<Thing> things,
            long seed,
            double seconds,
            List<Failure> failures) {
        Map<String, List<Thing>> groups = new LinkedHashMap<>();
        for (Thing thing : things) {
            String group =
                    switch (common.group()) {
                        case SITE -> thing.site;
                        case REGION -> thing.region;
                        case SUPPLIER -> thing.supplier;
                    };
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(thing);
        }
        double mean = component.between().meanSeconds() * common.hit() / common.share();
        groups.forEach((group, members) -> {
            SplittableRandom random = chance(seed, component.id() + "\n" + common.group() + "\n" + group);
            Lifetime gap = Lifetime.exponential(mean);
            for (double now = gap.draw(random); now < seconds; now += gap.draw(random)) {
                long shock = random.nextLong();
                for (Thing thing : members) {
                    // A chance of each thing's own, so that one more thing in the group changes nothing for the others.
                    SplittableRandom of = chance(shock, thing.target);
                    double hit = 1 - Math.pow(1 - common.hit(), thing.chips);
                    if (of.nextDouble() < hit) {
                        add(component, thing, now, now + component.repair().draw(of), failures);
                    }
                }
            }
        });
    }

    private void add(FailingComponent component, Thing thing, double from, double to, List<Failure> failures) {
        if (failures.size() >= MOST_FAILURES) {
            throw new IllegalArgumentException("failures of " + name + " come to more than " + MOST_FAILURES
                    + " in this run. Maybe a mean time between failures has the wrong unit");
        }
        double end = Math.max(to, Math.nextUp(from));
        failures.add(new Failure(thing.scope, thing.target, from, end, component.effect(), component.id()));
    }

    private static List<Thing> things(FailingComponent component, List<Place> places) {
        Set<Thing> things = new LinkedHashSet<>();
        for (Place place : places) {
            String site = place.site();
            String region = place.region();
            String supplier = place.supplier();
            switch (component.of()) {
                case CHIP -> {
                    for (int replica = 0; replica < place.replicas(); replica++) {
                        things.add(new Thing(
                                Failure.Scope.REPLICA,
                                place.pool() + "#" + replica,
                                site,
                                region,
                                supplier,
                                place.chipsPerReplica()));
                    }
                }
                case SERVER -> {
                    long chips = (long) place.replicas() * place.chipsPerReplica();
                    for (int server = 0; (long) server * Failure.CHIPS_PER_SERVER < chips; server++) {
                        things.add(new Thing(
                                Failure.Scope.SERVER, place.pool() + "#" + server, site, region, supplier, 1));
                    }
                }
                case POOL -> things.add(new Thing(Failure.Scope.POOL, place.pool(), site, region, supplier, 1));
                case LINK -> things.add(new Thing(Failure.Scope.LINK, site, site, region, "", 1));
                case SITE -> things.add(new Thing(Failure.Scope.SITE, site, site, region, "", 1));
                case REGION -> things.add(new Thing(Failure.Scope.REGION, region, "", region, "", 1));
                case SUPPLIER -> things.add(new Thing(Failure.Scope.SUPPLIER, supplier, "", "", supplier, 1));
                case CONTROL_PLANE -> things.add(new Thing(Failure.Scope.CONTROL_PLANE, supplier, "", "", supplier, 1));
            }
        }
        return List.copyOf(things);
    }

    /** A chance that depends on the seed and a name alone. */
    private static SplittableRandom chance(long seed, String name) {
        long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash * 0x9E3779B97F4A7C15L);
    }
}

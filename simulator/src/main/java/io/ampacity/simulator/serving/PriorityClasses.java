package io.ampacity.simulator.serving;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes of a fleet's requests. Which class a request is of is drawn by its workload, its number and the seed, so
 * that two runs that differ in nothing else give every request the same class.
 */
public record PriorityClasses(List<PriorityClass> classes) {

    /** One class for all. */
    public static final PriorityClasses ONE = new PriorityClasses(List.of(PriorityClass.ONLY));

    public PriorityClasses {
        classes = List.copyOf(classes);
        double sum = classes.stream().mapToDouble(PriorityClass::share).sum();
        if (Math.abs(sum - 1) > 1e-6) {
            throw new IllegalArgumentException("the shares of the classes sum to " + sum
                    + ", not to 1. Maybe add a class for the rest of the requests");
        }
        Set<String> names = new HashSet<>();
        for (PriorityClass one : classes) {
            if (!names.add(one.name())) {
                throw new IllegalArgumentException(
                        "class " + one.name() + " is there twice. Maybe one of them was meant to have another name");
            }
        }
    }

    /** The number of the class of a request. */
    public int of(int workload, long number, long seed) {
        if (classes.size() == 1) {
            return 0;
        }
        double draw = unit(mix(seed * 31 + workload + 1) + number * 0x9E3779B97F4A7C15L);
        for (int one = 0; one < classes.size() - 1; one++) {
            draw -= classes.get(one).share();
            if (draw < 0) {
                return one;
            }
        }
        return classes.size() - 1;
    }

    /** A 64-bit finaliser: every input bit reaches every output bit. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static double unit(long value) {
        return (mix(value) >>> 11) * 0x1.0p-53;
    }
}

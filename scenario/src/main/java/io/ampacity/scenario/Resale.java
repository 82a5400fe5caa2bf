package io.ampacity.scenario;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What bought chips can be sold for when they are no longer wanted: by chip, the share of their price at some ages. Between
 * two ages the share runs straight; before the first it runs from the whole price, after the last it stays.
 *
 * @param curves ages ascending, none empty; a chip without a curve is not sold
 */
public record Resale(SortedMap<String, List<Point>> curves) {

    /** Nothing is sold. */
    public static final Resale NONE = new Resale(new TreeMap<>());

    public Resale {
        SortedMap<String, List<Point>> copies = new TreeMap<>();
        curves.forEach((chip, points) -> copies.put(chip, List.copyOf(points)));
        curves = Collections.unmodifiableSortedMap(copies);
    }

    /**
     * The worth of a chip at an age.
     *
     * @param ageMonths since it came, above 0
     * @param share of what was paid for it, 0 to 1
     */
    public record Point(int ageMonths, double share) {}

    /** The share of its price that a chip is sold for at an age in months; null when it is not sold. */
    public @Nullable Double share(String chip, double ageMonths) {
        List<Point> points = curves.get(chip);
        if (points == null) {
            return null;
        }
        double age = 0;
        double share = 1;
        for (Point point : points) {
            if (ageMonths <= point.ageMonths) {
                return share + (point.share - share) * (ageMonths - age) / (point.ageMonths - age);
            }
            age = point.ageMonths;
            share = point.share;
        }
        return share;
    }

    /** The same with every share of one chip, or of all, times a factor, at most the whole price. */
    public Resale times(@Nullable String chip, double factor) {
        Map<String, List<Point>> changed = new TreeMap<>();
        curves.forEach((id, points) -> changed.put(
                id,
                chip != null && !chip.equals(id)
                        ? points
                        : points.stream()
                                .map(point -> new Point(point.ageMonths, Math.min(1, point.share * factor)))
                                .toList()));
        return new Resale(new TreeMap<>(changed));
    }
}

package io.ampacity.planner.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether claims fit together, and what it takes.
 *
 * @param atFaceValue by relation: left over right side with every figure at its likely value; absent where a figure is
 *     unknown
 * @param consistent whether some choice inside all ranges meets all relations
 * @param nearest by figure: the choice that strays least from the likely values. When the claims are not consistent it
 *     also leaves ranges, by as little as possible
 * @param left by figure: what the others leave of its range; empty when the claims are not consistent
 * @param alone by figure: where it would have to lie, were it alone free of its range, for all others to fit; absent
 *     when no value does. Empty when the claims are consistent
 */
public record Reconciliation(
        Claims claims,
        Map<String, Double> atFaceValue,
        boolean consistent,
        Map<String, Double> nearest,
        Map<String, Span> left,
        Map<String, Double> alone) {

    /** Both ends of a range. */
    public record Span(double low, double high) {}

    public Reconciliation {
        atFaceValue = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(atFaceValue));
        nearest = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(nearest));
        left = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(left));
        alone = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(alone));
    }

    /** Figures that the nearest choice moves from where they most probably lie, the farthest factor first. */
    public List<Figure> moved() {
        return claims.figures().stream()
                .filter(figure -> figure.kind() != Figure.Kind.UNKNOWN && factor(figure) > 1 + 1e-6)
                .sorted(java.util.Comparator.comparingDouble(this::factor).reversed())
                .toList();
    }

    /** By what factor, 1 or more, the nearest choice moves a figure. */
    public double factor(Figure figure) {
        Double at = nearest.get(figure.id());
        return at == null ? 1 : Math.exp(Math.abs(Math.log(at / figure.likely())));
    }

    /** The value that alone would make all fit; null when none does. */
    public @Nullable Double alone(Figure figure) {
        return alone.get(figure.id());
    }
}

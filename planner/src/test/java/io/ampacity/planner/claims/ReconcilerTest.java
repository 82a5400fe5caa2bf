package io.ampacity.planner.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.planner.solver.highs.HighsSolver;
import io.ampacity.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against closed forms, and against points drawn at random. */
final class ReconcilerTest {

    private static final double CLOSE = 1e-5;

    private static Reconciliation reconcile(List<Figure> figures, Relation... relations) {
        return new Reconciler(new HighsSolver()).reconcile(new Claims("test", "", figures, List.of(relations)));
    }

    private static Figure figure(String id, double low, double likely, double high) {
        return new Figure(id, id, "", Figure.Kind.ASSUMPTION, likely, low, high, null);
    }

    private static Relation relation(String text) {
        String[] sides = text.split("=");
        try {
            return new Relation(text, text, Product.parse(sides[0]).over(Product.parse(sides[1])));
        } catch (Product.Unreadable wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static <T> T of(Map<String, T> values, String id) {
        return Objects.requireNonNull(values.get(id), id);
    }

    @Test
    void whatIsLeftOfARangeIsThatOfTheProductOfTheOthers() {
        Reconciliation found = reconcile(
                List.of(figure("area", 1, 10, 100), figure("width", 2, 3, 4), figure("length", 5, 6, 7)),
                relation("area = width * length"));

        assertThat(found.consistent()).isTrue();
        assertThat(of(found.left(), "area").low()).isCloseTo(10, within(CLOSE));
        assertThat(of(found.left(), "area").high()).isCloseTo(28, within(CLOSE));
        assertThat(found.atFaceValue().values())
                .allSatisfy(ratio -> assertThat(ratio).isCloseTo(10 / 18.0, within(1e-12)));
    }

    @Test
    void theFigureOfWhichLeastIsKnownGivesWay() {
        Reconciliation found = reconcile(
                List.of(figure("area", 19.9, 20, 20.1), figure("width", 2.9, 3, 3.1), figure("length", 1, 6, 36)),
                relation("area = width * length"));

        assertThat(found.moved()).extracting(Figure::id).containsExactly("length");
        assertThat(of(found.nearest(), "length")).isCloseTo(20 / 3.0, within(CLOSE));
    }

    @Test
    void claimsThatContradictNameTheValueThatWouldMendEach() {
        Reconciliation found = reconcile(
                List.of(figure("area", 100, 110, 120), figure("width", 2, 3, 4), figure("length", 5, 6, 7)),
                relation("area = width * length"));

        assertThat(found.consistent()).isFalse();
        assertThat(of(found.alone(), "area")).isCloseTo(28, within(CLOSE));
        assertThat(of(found.alone(), "width")).isCloseTo(100 / 7.0, within(CLOSE));
        assertThat(of(found.alone(), "length")).isCloseTo(25, within(CLOSE));
        assertThat(found.left()).isEmpty();
    }

    @Test
    void whatNoSingleFigureCanMendIsNotMended() {
        Reconciliation found = reconcile(
                List.of(figure("a", 1, 1, 1), figure("b", 2, 2, 2), figure("c", 3, 3, 3), figure("d", 5, 5, 5)),
                relation("a = b"),
                relation("c = d"));

        assertThat(found.consistent()).isFalse();
        assertThat(found.alone()).isEmpty();
        assertThat(of(found.nearest(), "a")).isCloseTo(of(found.nearest(), "b"), within(CLOSE));
    }

    /** Any point that meets all relations lies in what is left, and the nearest choice strays no more than it does. */
    @Test
    void noRandomPointRefutesTheAnswer() {
        for (long seed : Seeds.given() ? List.of(Seeds.SEED) : List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Figure> figures = new ArrayList<>();
            for (String id : List.of("a", "b", "c", "d", "e")) {
                double low = Math.exp(random.nextDouble(-2, 2));
                double high = low * Math.exp(random.nextDouble(0.1, 2));
                figures.add(figure(id, low, low * Math.pow(high / low, random.nextDouble()), high));
            }
            Relation product = relation("e = a * b / c * 2");
            Relation square = relation("d * d = a * 3");
            Reconciliation found = reconcile(figures, product, square);
            int drawn = 0;
            for (int i = 0; i < 20_000; i++) {
                Map<String, Double> point = new HashMap<>();
                for (Figure figure : figures.subList(0, 3)) {
                    point.put(figure.id(), figure.low() * Math.pow(figure.high() / figure.low(), random.nextDouble()));
                }
                point.put("d", Math.sqrt(3 * of(point, "a")));
                point.put("e", 2 * of(point, "a") * of(point, "b") / of(point, "c"));
                if (figures.stream()
                        .allMatch(each -> of(point, each.id()) >= each.low() && of(point, each.id()) <= each.high())) {
                    drawn++;
                    assertThat(found.consistent()).as("seed %d", seed).isTrue();
                    assertThat(strays(figures, found.nearest()))
                            .as("seed %d", seed)
                            .isLessThanOrEqualTo(strays(figures, point) + 1e-6);
                    for (Figure figure : figures) {
                        Reconciliation.Span left = of(found.left(), figure.id());
                        assertThat(of(point, figure.id()))
                                .as("seed %d: %s", seed, figure.id())
                                .isBetween(left.low() * (1 - CLOSE), left.high() * (1 + CLOSE));
                    }
                }
            }
            if (found.consistent()) {
                assertThat(product.ratio(found.nearest())).isCloseTo(1, within(CLOSE));
                assertThat(square.ratio(found.nearest())).isCloseTo(1, within(CLOSE));
            } else {
                assertThat(drawn).isZero();
            }
        }
    }

    private static double strays(List<Figure> figures, Map<String, Double> at) {
        double sum = 0;
        for (Figure figure : figures) {
            double halfWidth = Math.log(figure.high() / figure.low()) / 2;
            sum += Math.abs(Math.log(of(at, figure.id()) / figure.likely())) / halfWidth;
        }
        return sum;
    }
}

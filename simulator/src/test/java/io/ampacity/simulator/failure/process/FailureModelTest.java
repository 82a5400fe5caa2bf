package io.ampacity.simulator.failure.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.YamlDocument;
import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.failure.process.FailingComponent.Common;
import io.ampacity.simulator.failure.process.FailingComponent.Group;
import io.ampacity.simulator.failure.process.FailingComponent.Kind;
import io.ampacity.simulator.failure.process.FailureModel.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawn failures against renewal theory. */
class FailureModelTest {

    private static FailureModel model(Kind of, Lifetime between, Lifetime repair, @Nullable Common common) {
        return new FailureModel(
                "test", List.of(new FailingComponent("part", of, between, repair, new Effect.Down(), common, "")));
    }

    private static List<Place> pool(int replicas, int chips) {
        return List.of(new Place("pool", "supplier", "site", "region", replicas, chips));
    }

    private static double downSeconds(List<Failure> failures, double end) {
        return failures.stream()
                .mapToDouble(one -> Math.min(one.endSeconds(), end) - one.startSeconds())
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "0.7,1", "2,0.8", "1,3"})
    void theLongRunAvailabilityIsThatOfRenewalTheoryWhateverTheShapes(double shape, double repairShape) {
        double end = 4e6;
        List<Failure> failures = model(Kind.CHIP, new Lifetime(900, shape), new Lifetime(100, repairShape), null)
                .draw(pool(50, 1), 7, end);

        double availability = 1 - downSeconds(failures, end) / (50 * end);
        assertThat(availability).isCloseTo(900.0 / (900 + 100), within(0.002));
        assertThat(failures.size()).isCloseTo((int) (50 * end / 1000), within(2000));
    }

    @Test
    void countsArePoissonWhenRepairsAreShort() {
        int things = 20_000;
        double end = 5e4;
        List<Failure> failures = model(Kind.CHIP, Lifetime.exponential(1e4), Lifetime.exponential(1e-3), null)
                .draw(pool(things, 1), 11, end);

        int[] counts = new int[things];
        failures.forEach(one -> counts[one.replica()]++);
        double mean = 0;
        double square = 0;
        int[] histogram = new int[40];
        for (int count : counts) {
            mean += (double) count / things;
            square += (double) count * count / things;
            histogram[Math.min(count, 39)]++;
        }
        assertThat(mean).isCloseTo(5, within(0.06));
        assertThat((square - mean * mean) / mean).as("dispersion").isCloseTo(1, within(0.04));
        double probability = Math.exp(-5);
        double chiSquare = 0;
        for (int count = 0; count <= 12; count++) {
            double expected = things * probability;
            chiSquare += Math.pow(histogram[count] - expected, 2) / expected;
            probability *= 5.0 / (count + 1);
        }
        // 99.9 % of a chi-square with 12 degrees of freedom.
        assertThat(chiSquare).isLessThan(32.9);
    }

    @ParameterizedTest
    @CsvSource({"0.7", "1", "2.5"})
    void aReplicaOfManyChipsFailsWithTheFirstOfThem(double shape) {
        Lifetime chip = new Lifetime(1000, shape);
        java.util.SplittableRandom random = new java.util.SplittableRandom(3);
        double sum = 0;
        int rounds = 100_000;
        for (int i = 0; i < rounds; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < 8; c++) {
                least = Math.min(least, chip.draw(random));
            }
            sum += least;
        }
        assertThat(sum / rounds).isCloseTo(chip.leastOf(8).meanSeconds(), within(0.02 * sum / rounds));
    }

    @ParameterizedTest
    @CsvSource({"0.3,1", "0.5,0.4", "1,1"})
    void countsOfTwoInAGroupAreCorrelatedAsSetAndTheirRateIsKept(double share, double hit) {
        int windows = 40_000;
        double window = 1000;
        List<Place> places =
                List.of(new Place("a", "x", "site", "region", 1, 1), new Place("b", "x", "site", "region", 1, 1));
        List<Failure> failures = model(
                        Kind.POOL,
                        Lifetime.exponential(500),
                        Lifetime.exponential(1e-3),
                        new Common(Group.SITE, share, hit))
                .draw(places, 5, windows * window);

        double[][] counts = new double[2][windows];
        failures.forEach(one -> counts[one.target().equals("a") ? 0 : 1][(int) (one.startSeconds() / window)]++);
        double[] mean = new double[2];
        double[] variance = new double[2];
        double covariance = 0;
        for (int i = 0; i < 2; i++) {
            for (double count : counts[i]) {
                mean[i] += count / windows;
                variance[i] += count * count / windows;
            }
            variance[i] -= mean[i] * mean[i];
        }
        for (int i = 0; i < windows; i++) {
            covariance += (counts[0][i] - mean[0]) * (counts[1][i] - mean[1]) / windows;
        }
        assertThat(mean[0]).isCloseTo(2, within(0.04));
        assertThat(mean[1]).isCloseTo(2, within(0.04));
        assertThat(covariance / Math.sqrt(variance[0] * variance[1])).isCloseTo(share * hit, within(0.025));
    }

    @Test
    void oneMorePoolChangesNothingForTheOthers() {
        FailureModel model =
                model(Kind.CHIP, Lifetime.exponential(500), Lifetime.exponential(50), new Common(Group.SITE, 0.3, 0.5));
        List<Place> few = List.of(new Place("a", "x", "site", "region", 3, 2));
        List<Place> more = new ArrayList<>(few);
        more.addFirst(new Place("b", "x", "site", "region", 4, 1));
        List<Failure> withMore = model.draw(more, 9, 1e5).stream()
                .filter(one -> one.target().startsWith("a#"))
                .toList();

        assertThat(model.draw(few, 9, 1e5)).isEqualTo(withMore).isNotEmpty();
        assertThat(model.draw(few, 10, 1e5)).isNotEqualTo(withMore);
    }

    @Test
    void everyKindNamesWhatItTouches() {
        ToIntFunction<Kind> count = kind -> (int)
                model(kind, Lifetime.exponential(100), Lifetime.exponential(1), null)
                        .draw(pool(16, 2), 1, 1000)
                        .stream()
                        .map(Failure::target)
                        .distinct()
                        .count();

        assertThat(count.applyAsInt(Kind.CHIP)).isEqualTo(16);
        assertThat(count.applyAsInt(Kind.SERVER)).isEqualTo(4);
        assertThat(count.applyAsInt(Kind.REGION)).isEqualTo(1);
        assertThat(count.applyAsInt(Kind.CONTROL_PLANE)).isEqualTo(1);
    }

    @Test
    void aModelIsReadAndAllItsMistakesAreToldAtOnce() {
        FailureModel read = FailureModelReader.read(YamlDocument.parse("model.yaml", """
                name: ours
                components:
                  - id: chip
                    of: chip
                    mean-time-between: 50000 h
                    shape: 0.8
                    mean-time-to-repair: 20 min
                    effect: slow=2
                    common: {group: site, share: 10 %, hit: 50 %}
                """));
        assertThat(read.components()).singleElement().satisfies(one -> {
            assertThat(one.between()).isEqualTo(new Lifetime(1.8e8, 0.8));
            assertThat(one.effect()).isEqualTo(new Effect.Slow(2));
            assertThat(one.common()).isEqualTo(new Common(Group.SITE, 0.1, 0.5));
        });
        assertThatThrownBy(() -> FailureModelReader.read(YamlDocument.parse("model.yaml", """
                components:
                  - {id: a, of: nothing, mean-time-between: 5 kg, mean-time-to-repair: 1 h}
                  - {id: b, of: chip, mean-time-between: -5 h, mean-time-to-repair: 1 h, effect: odd}
                  - {of: chip, mean-time-to-repair: 1 h, extra: 1}
                """)))
                .isInstanceOfSatisfying(
                        DocumentException.class,
                        told -> assertThat(told.issues())
                                .hasSizeGreaterThanOrEqualTo(6)
                                .allSatisfy(issue ->
                                        assertThat(issue.place().line()).isPositive()));
    }
}

package io.ampacity.simulator.report;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much B differs from A on one trace, where no second trace can be had: the trace is cut into blocks of equal time, and
 * many traces are made of as many blocks, drawn again and again with replacement, the same ones for both sides.
 *
 * <p><b>Why blocks.</b> Requests of one moment share a queue, so they do not count as independent; blocks of many requests
 * nearly do, as long as they last longer than a queue remembers (Künsch, Annals of Statistics 17, 1989). What A and B have in
 * common in a block drops out of their difference. The interval is that of the percentiles of the differences.
 *
 * <p>Values of requests are kept as counts in bins a two-hundredth apart, which is how exact percentiles are. For one thread.
 */
public final class BlockBootstrap {

    /** Fewer do not tell how much blocks differ. */
    public static final int FEWEST_BLOCKS = 8;

    private static final int DRAWS = 1000;
    private static final double BIN = 0.005;
    private static final double LEAST = 1e-6;
    private static final int BINS = 5600;

    private final int blocks;
    private final int figures;
    /** By side, figure and block. */
    private final int[][][][] counts;

    private final double[][][] sums;
    private final long[][][] numbers;
    /** Blocks of each draw. */
    private final int[][] draws;

    /**
     * An empty one.
     *
     * @param blocks how many there are, all runs of the trace together
     * @param length of how many blocks a trace consists
     * @param figures how many figures requests have
     */
    public BlockBootstrap(int blocks, int length, int figures, long seed) {
        if (length < FEWEST_BLOCKS || blocks < length) {
            throw new IllegalArgumentException(length + " blocks of " + blocks + " are too few. Maybe a longer trace");
        }
        this.blocks = blocks;
        this.figures = figures;
        counts = new int[2][figures][blocks][];
        sums = new double[2][figures][blocks];
        numbers = new long[2][figures][blocks];
        SplittableRandom random = new SplittableRandom(seed);
        draws = new int[DRAWS][length];
        for (int[] draw : draws) {
            for (int i = 0; i < length; i++) {
                draw[i] = random.nextInt(blocks);
            }
        }
    }

    /** A request of a side (0 for A, 1 for B) has a figure. */
    public void add(int side, int figure, int block, double value) {
        if (counts[side][figure][block] == null) {
            counts[side][figure][block] = new int[BINS];
        }
        counts[side][figure][block][bin(value)]++;
        sums[side][figure][block] += value;
        numbers[side][figure][block]++;
    }

    private static int bin(double value) {
        return value <= LEAST ? 0 : Math.min(BINS - 1, 1 + (int) (Math.log(value / LEAST) / BIN));
    }

    private static double middle(int bin) {
        return bin == 0 ? 0 : LEAST * Math.exp((bin - 0.5) * BIN);
    }

    /** The interval of the difference of means; NaN where a draw has no request. */
    public double[] ofMeans(int figure, double confidence) {
        double[] differences = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            differences[draw] = mean(1, figure, draws[draw]) - mean(0, figure, draws[draw]);
        }
        return interval(differences, confidence);
    }

    private double mean(int side, int figure, int[] draw) {
        double sum = 0;
        long number = 0;
        for (int block : draw) {
            sum += sums[side][figure][block];
            number += numbers[side][figure][block];
        }
        return sum / number;
    }

    /** The interval of the difference of a percentile, such as 0.99. */
    public double[] ofPercentiles(int figure, double percentile, double confidence) {
        double[] differences = new double[DRAWS];
        int[] all = new int[BINS];
        for (int draw = 0; draw < DRAWS; draw++) {
            differences[draw] = percentile(1, figure, draws[draw], percentile, all)
                    - percentile(0, figure, draws[draw], percentile, all);
        }
        return interval(differences, confidence);
    }

    private double percentile(int side, int figure, int[] draw, double percentile, int[] all) {
        Arrays.fill(all, 0);
        long number = 0;
        for (int block : draw) {
            int[] own = counts[side][figure][block];
            if (own != null) {
                number += numbers[side][figure][block];
                for (int bin = 0; bin < BINS; bin++) {
                    all[bin] += own[bin];
                }
            }
        }
        if (number == 0) {
            return Double.NaN;
        }
        long rank = (long) Math.ceil(percentile * number);
        long seen = 0;
        int bin = 0;
        while (bin < BINS - 1 && (seen += all[bin]) < rank) {
            bin++;
        }
        return middle(bin);
    }

    /** The interval of the difference of a ratio of sums, each given by block for either side. */
    public double[] ofRatios(double[][] above, double[][] below, double confidence) {
        double[] differences = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            differences[draw] = ratio(above[1], below[1], draws[draw]) - ratio(above[0], below[0], draws[draw]);
        }
        return interval(differences, confidence);
    }

    private static double ratio(double[] above, double[] below, int[] draw) {
        double sum = 0;
        double of = 0;
        for (int block : draw) {
            sum += above[block];
            of += below[block];
        }
        return sum / of;
    }

    private static double[] interval(double[] differences, double confidence) {
        for (double difference : differences) {
            if (Double.isNaN(difference)) {
                return new double[] {Double.NaN, Double.NaN};
            }
        }
        double[] sorted = differences.clone();
        Arrays.sort(sorted);
        int outside = (int) Math.floor(DRAWS * (1 - confidence) / 2);
        return new double[] {sorted[outside], sorted[DRAWS - 1 - outside]};
    }

    public int blocks() {
        return blocks;
    }

    public int figures() {
        return figures;
    }
}

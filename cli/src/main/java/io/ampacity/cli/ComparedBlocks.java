package io.ampacity.cli;

import io.ampacity.simulator.report.BlockBootstrap;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What both sides of a comparison did in each block of a trace that is the same in all runs: from the rows of their
 * requests, and from their series.
 */
final class ComparedBlocks {

    /** Blocks that a trace is cut into, and requests that each should hold on average. */
    private static final int BLOCKS = 50;

    private static final int REQUESTS_EACH = 10;

    private static final Map<String, Integer> FIGURES =
            Map.of("timeToFirstTokenSeconds", 0, "timePerOutputTokenSeconds", 1, "endToEndSeconds", 2);

    private final int length;
    private final double seconds;
    private final BlockBootstrap bootstrap;
    private final double[][] attained;
    private final double[][] arrived;
    private final double[][] good;
    private final double[][] joules;
    private final double[][] ones;

    private ComparedBlocks(int length, int runs, double seconds) {
        this.length = length;
        this.seconds = seconds;
        int blocks = length * runs;
        bootstrap = new BlockBootstrap(blocks, length, FIGURES.size(), 1);
        attained = new double[2][blocks];
        arrived = new double[2][blocks];
        good = new double[2][blocks];
        joules = new double[2][blocks];
        ones = new double[2][blocks];
        for (double[] side : ones) {
            Arrays.fill(side, 1.0 / length);
        }
    }

    /** The blocks of both sides, whose documents and rows stand by run; null when the trace is too short for blocks. */
    static @Nullable ComparedBlocks of(List<JsonNode> ofA, List<JsonNode> ofB, List<Path> rowsOfA, List<Path> rowsOfB)
            throws IOException {
        JsonNode first = ofA.getFirst();
        int length =
                (int) Math.min(BLOCKS, first.path("requests").path("arrived").asLong(0) / REQUESTS_EACH);
        double seconds = lastArrival(first);
        if (length < BlockBootstrap.FEWEST_BLOCKS || !(seconds > 0)) {
            return null;
        }
        ComparedBlocks blocks = new ComparedBlocks(length, ofA.size(), seconds);
        for (int run = 0; run < ofA.size(); run++) {
            blocks.series(0, run, ofA.get(run));
            blocks.series(1, run, ofB.get(run));
            blocks.rows(0, run, rowsOfA.get(run));
            blocks.rows(1, run, rowsOfB.get(run));
        }
        return blocks;
    }

    /** The end of the last bucket in which a request arrived. */
    private static double lastArrival(JsonNode document) {
        JsonNode series = document.path("series");
        JsonNode rates = series.path("arrivalsPerSecond");
        double end = 0;
        for (int bucket = 0; bucket < rates.size(); bucket++) {
            if (rates.get(bucket).asDouble() > 0) {
                end = (bucket + 1) * series.path("bucketSeconds").asDouble(0);
            }
        }
        return Math.min(end, document.path("simulatedSeconds").asDouble(end));
    }

    int length() {
        return length;
    }

    private int block(int run, double atSeconds) {
        return run * length + (int) Math.min(length - 1, Math.max(0, atSeconds / seconds * length));
    }

    private void series(int side, int run, JsonNode document) {
        JsonNode series = document.path("series");
        double bucket = series.path("bucketSeconds").asDouble();
        double end = document.path("simulatedSeconds").asDouble();
        for (int i = 0; i < series.path("arrivalsPerSecond").size(); i++) {
            double from = i * bucket;
            double length = Math.min(bucket, end - from);
            int block = block(run, from + length / 2);
            double requests = series.path("arrivalsPerSecond").get(i).asDouble() * length;
            JsonNode share = series.path("sloAttainment").get(i);
            if (share != null && share.isNumber()) {
                attained[side][block] += share.asDouble() * requests;
                arrived[side][block] += requests;
            }
            joules[side][block] += series.path("facilityWatts").get(i).asDouble() * length;
        }
    }

    private void rows(int side, int run, Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            List<String> header = List.of(in.readLine().split(",", -1));
            int attainedColumn = header.indexOf("attained");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] row = line.split(",", -1);
                double arrival = Double.parseDouble(row[1]);
                double firstToken = Double.parseDouble(row[2]);
                double lastToken = Double.parseDouble(row[3]);
                int output = Integer.parseInt(row[5]);
                int block = block(run, arrival);
                bootstrap.add(side, 0, block, firstToken - arrival);
                if (output > 1) {
                    bootstrap.add(side, 1, block, (lastToken - firstToken) / (output - 1));
                }
                bootstrap.add(side, 2, block, lastToken - arrival);
                good[side][block] += Boolean.parseBoolean(row[attainedColumn]) ? 1 : 0;
            }
        }
    }

    /** The interval of a figure's difference; null where it is not told by blocks. */
    double @Nullable [] interval(ComparedMetric metric, double confidence) {
        String[] path = metric.path().split("\\.");
        Integer figure = FIGURES.get(path[0]);
        if (figure != null) {
            return path[1].equals("mean")
                    ? bootstrap.ofMeans(figure, confidence)
                    : bootstrap.ofPercentiles(figure, Integer.parseInt(path[1].substring(1)) / 100.0, confidence);
        }
        return switch (metric.path()) {
            case "sloAttainment" -> bootstrap.ofRatios(attained, arrived, confidence);
            case "energyJoules" -> bootstrap.ofRatios(joules, ones, confidence);
            case "goodputRequestsPerSecond" -> {
                double[] perSecond = bootstrap.ofRatios(good, ones, confidence);
                yield new double[] {perSecond[0] / seconds, perSecond[1] / seconds};
            }
            default -> null;
        };
    }
}

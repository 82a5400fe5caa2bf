package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What an estimate is drawn over. */
enum Sweep {
    BATCH("sequences in the batch"),
    CONCURRENCY("clients"),
    TENSOR_PARALLEL("chips a layer"),
    CONTEXT("prompt tokens");

    private static final int MOST_SEQUENCES = 4096;
    private static final int MOST_CLIENTS = 1024;
    private static final int SHORTEST_PROMPT = 128;
    private static final int LONGEST_PROMPT = 131_072;

    private final String axis;

    Sweep(String axis) {
        this.axis = axis;
    }

    String axis() {
        return axis;
    }

    /** The name on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of a point's place in JSON. */
    String key() {
        return switch (this) {
            case BATCH -> "batch";
            case CONCURRENCY -> "concurrency";
            case TENSOR_PARALLEL -> "tensorParallel";
            case CONTEXT -> "promptTokens";
        };
    }

    /** Powers of two that make sense for a model on a chip. */
    List<Integer> values(Chip chip, LanguageModel model, int outputTokens) {
        return switch (this) {
            case BATCH -> powers(1, MOST_SEQUENCES);
            case CONCURRENCY -> powers(1, MOST_CLIENTS);
            case TENSOR_PARALLEL -> {
                Integer domain = chip.scaleUpDomain();
                yield powers(1, domain == null ? 8 : domain).stream()
                        .filter(degree -> model.queryHeads() % degree == 0)
                        .toList();
            }
            case CONTEXT -> {
                Integer most = model.maximumContext();
                yield powers(
                        SHORTEST_PROMPT,
                        Math.max(SHORTEST_PROMPT, (most == null ? LONGEST_PROMPT : most) - outputTokens));
            }
        };
    }

    private static List<Integer> powers(int from, int to) {
        List<Integer> powers = new ArrayList<>();
        for (long power = from; power <= to; power *= 2) {
            powers.add((int) power);
        }
        return powers;
    }

    /** Reads a sweep as it is written in help. */
    static final class Reading implements ITypeConverter<Sweep> {

        @Override
        public Sweep convert(String word) {
            for (Sweep sweep : Sweep.values()) {
                if (sweep.id().equalsIgnoreCase(word)) {
                    return sweep;
                }
            }
            throw new TypeConversionException(
                    "\"" + word + "\" cannot be swept; there are batch, concurrency, tensor-parallel and context");
        }
    }
}

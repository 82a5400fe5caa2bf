package io.ampacity.physics;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.LanguageModel.Attention;
import io.ampacity.facts.LanguageModel.FeedForward;
import io.ampacity.facts.LanguageModel.LayerKinds;
import io.ampacity.facts.Precision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chips and models that tests need, so that they do not hang on the catalogue. */
public final class Fixtures {

    public static final LanguageModel LLAMA_8B = dense("llama-3.1-8b", 32, 4096, 32, 8, 128, 14336, 128256, 3);
    public static final LanguageModel LLAMA_70B = dense("llama-3.1-70b", 80, 8192, 64, 8, 128, 28672, 128256, 3);
    public static final LanguageModel LLAMA_405B = dense("llama-3.1-405b", 126, 16384, 128, 8, 128, 53248, 128256, 3);
    public static final LanguageModel QWEN_32B = dense("qwen3-32b", 64, 5120, 64, 8, 128, 25600, 151936, 3);
    public static final LanguageModel QWEN_30B_A3B = model(
            "qwen3-30b-a3b",
            48,
            2048,
            32,
            151936,
            new Attention.GroupedQuery(4, 128),
            new LayerKinds(48, 0, 0, 0),
            new FeedForward.MixtureOfExperts(128, 8, 768, 0, 0, 0, 0, 3));
    public static final LanguageModel DEEPSEEK_R1 = model(
            "deepseek-r1",
            61,
            7168,
            128,
            129280,
            new Attention.Latent(512, 64, 128, 128, 1536),
            new LayerKinds(61, 0, 0, 0),
            new FeedForward.MixtureOfExperts(256, 8, 2048, 1, 2048, 3, 18432, 3));

    public static final Chip A100 = chip("a100-sxm-80gb", 312, 0, 0, 80, 2.039, 400, 300, 8);
    public static final Chip H100 = chip("h100-sxm", 989, 1979, 0, 85.9, 3.35, 700, 450, 8);
    public static final Chip B200 = chip("b200-sxm", 2250, 4500, 9000, 180, 8.0, 1000, 900, 8);

    private Fixtures() {}

    public static LanguageModel dense(
            String id,
            int layers,
            int hidden,
            int heads,
            int kvHeads,
            int headSize,
            int size,
            int vocabulary,
            int matrices) {
        return model(
                id,
                layers,
                hidden,
                heads,
                vocabulary,
                new Attention.GroupedQuery(kvHeads, headSize),
                new LayerKinds(layers, 0, 0, 0),
                new FeedForward.Dense(size, matrices));
    }

    public static LanguageModel model(
            String id,
            int layers,
            int hidden,
            int heads,
            int vocabulary,
            Attention attention,
            LayerKinds kinds,
            FeedForward feedForward) {
        return new LanguageModel(
                id,
                id,
                List.of(),
                "test",
                layers,
                hidden,
                heads,
                vocabulary,
                false,
                null,
                attention,
                kinds,
                feedForward,
                Precision.BF16,
                null,
                null,
                "test",
                "2026",
                null);
    }

    /** Peaks in TFLOP/s, memory in GB, bandwidth in TB/s, power in W, link in GB/s. */
    public static Chip chip(
            String id,
            double bf16,
            double fp8,
            double fp4,
            double memory,
            double bandwidth,
            double watts,
            double link,
            int domain) {
        Map<Precision, Figure> peaks = new EnumMap<>(Precision.class);
        peaks.put(Precision.BF16, figure(bf16 * 1e12));
        if (fp8 > 0) {
            peaks.put(Precision.FP8, figure(fp8 * 1e12));
        }
        if (fp4 > 0) {
            peaks.put(Precision.FP4, figure(fp4 * 1e12));
        }
        return new Chip(
                id,
                id,
                List.of(),
                "nvidia",
                "cuda",
                2024,
                peaks,
                figure(memory * 1e9),
                figure(bandwidth * 1e12),
                figure(watts),
                figure(0.12 * watts),
                null,
                figure(link * 1e9),
                domain,
                8,
                figure(50e9),
                null,
                null,
                null);
    }

    public static double value(@Nullable Figure figure) {
        return Objects.requireNonNull(figure).value();
    }

    public static Figure figure(double value) {
        return Figure.of(value, "test", "2026");
    }
}

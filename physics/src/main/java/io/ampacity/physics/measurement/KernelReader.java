package io.ampacity.physics.measurement;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads AIConfigurator's kernel times: {@code gemm_perf}, {@code generation_attention_perf} and {@code nccl_perf} as CSV,
 * with latencies in milliseconds. Rows of other kernels and formats are left out.
 */
public final class KernelReader {

    private KernelReader() {}

    public static Measured read(Path file) {
        List<KernelTime> kernels = new ArrayList<>();
        int left = 0;
        for (NamedCsvRecord row : CsvTable.read(file)) {
            KernelTime kernel = kernel(file, row);
            if (kernel == null) {
                left++;
            } else {
                kernels.add(kernel);
            }
        }
        List<String> notes = left == 0
                ? List.of()
                : List.of(file + ": left out " + left
                        + " rows of kernels or formats that no term of the model stands for");
        return new Measured(List.of(), List.of(), kernels, notes);
    }

    private static @Nullable KernelTime kernel(Path file, NamedCsvRecord row) {
        String operation = CsvTable.text(file, row, "op_name");
        return switch (operation) {
            case "gemm" -> product(file, row);
            case "generation_attention" -> attention(file, row);
            case "all_reduce" -> sum(file, row);
            default -> null;
        };
    }

    private static @Nullable KernelTime product(Path file, NamedCsvRecord row) {
        Precision precision =
                switch (CsvTable.text(file, row, "gemm_dtype")) {
                    case "bfloat16", "float16" -> Precision.BF16;
                    case "fp8" -> Precision.FP8;
                    case "nvfp4" -> Precision.FP4;
                    default -> null;
                };
        if (precision == null) {
            return null;
        }
        double rows = count(file, row, "m");
        double columns = count(file, row, "n");
        double inner = count(file, row, "k");
        return new KernelTime(
                source(file, row),
                CsvTable.text(file, row, "device"),
                engine(file, row),
                precision,
                KernelTime.Kind.MATRIX_PRODUCT,
                2 * rows * columns * inner,
                columns * inner * precision.bytes(),
                1,
                milliseconds(file, row));
    }

    private static KernelTime attention(Path file, NamedCsvRecord row) {
        double sequences = count(file, row, "batch_size");
        double context = count(file, row, "isl") + CsvTable.whole(file, row, "step", 0);
        // A window of 0 is none.
        double window = row.findField("window_size").isPresent() ? CsvTable.whole(file, row, "window_size", 0) : 0;
        double read = window > 0 ? Math.min(window, context) : context;
        double size = count(file, row, "head_dim");
        boolean narrow = CsvTable.text(file, row, "kv_cache_dtype")
                .toLowerCase(Locale.ROOT)
                .contains("fp8");
        return new KernelTime(
                source(file, row),
                CsvTable.text(file, row, "device"),
                engine(file, row),
                Precision.BF16,
                KernelTime.Kind.DECODE_ATTENTION,
                4 * sequences * read * size * count(file, row, "num_heads"),
                2 * sequences * read * size * count(file, row, "num_key_value_heads") * (narrow ? 1 : 2),
                1,
                milliseconds(file, row));
    }

    private static @Nullable KernelTime sum(Path file, NamedCsvRecord row) {
        if (!CsvTable.text(file, row, "nccl_dtype").equals("half")) {
            return null;
        }
        return new KernelTime(
                source(file, row),
                CsvTable.text(file, row, "device"),
                engine(file, row),
                Precision.BF16,
                KernelTime.Kind.ALL_REDUCE,
                0,
                // Sizes are in elements of 16 bits.
                2 * count(file, row, "message_size"),
                Math.max(2, CsvTable.whole(file, row, "num_gpus", 2)),
                milliseconds(file, row));
    }

    private static Engine engine(Path file, NamedCsvRecord row) {
        return CsvTable.choice(Engine.class, file, row, "framework");
    }

    private static double count(Path file, NamedCsvRecord row, String field) {
        double value = CsvTable.number(file, row, field);
        return field.equals("message_size")
                ? CsvTable.positive(file, row, field)
                : Limits.atLeastOne(value, CsvTable.place(file, row), field);
    }

    private static double milliseconds(Path file, NamedCsvRecord row) {
        return CsvTable.positive(file, row, "latency") / 1e3;
    }

    private static String source(Path file, NamedCsvRecord row) {
        return file.getFileName() + ":" + row.getStartingLineNumber();
    }
}

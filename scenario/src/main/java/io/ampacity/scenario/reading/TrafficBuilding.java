package io.ampacity.scenario.reading;

import io.ampacity.documents.Excerpt;
import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.LanguageModel;
import io.ampacity.scenario.Traffic;
import io.ampacity.scenario.reading.TrafficTable.LengthTable;
import io.ampacity.units.RequestRate;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Traffic} of a sound form.
 *
 * @param folder where trace files are looked for; null when the document is no file
 */
record TrafficBuilding(SchemaReading reading, @Nullable Path folder) {

    private static final double USUAL_MAXIMUM_OVER_MEAN = 8;
    private static final int NO_LIMIT = 10_000_000;

    Traffic traffic(Form form, LanguageModel model) {
        Form promptForm = form.value(TrafficTable.PROMPT_TOKENS);
        Form outputForm = form.value(TrafficTable.OUTPUT_TOKENS);
        Traffic.TokenLengths prompt = lengths(promptForm, TrafficTable.PROMPT_TOKENS, model);
        Traffic.TokenLengths output = lengths(outputForm, TrafficTable.OUTPUT_TOKENS, model);
        Integer context = model.maximumContext();
        if (context != null && prompt.mean() + output.mean() > context) {
            reading.error(
                    promptForm.place(LengthTable.MEAN),
                    promptForm.text(LengthTable.MEAN),
                    "a mean prompt with a mean answer takes " + Math.round(prompt.mean() + output.mean())
                            + " tokens, more than the " + context + " that " + model.id() + " can hold",
                    "shorten them, or choose a model with a longer context");
        } else if (context != null && (long) prompt.maximum() + output.maximum() > context) {
            reading.warning(
                    promptForm.place(),
                    null,
                    "the longest prompt with the longest answer takes " + ((long) prompt.maximum() + output.maximum())
                            + " tokens, more than the " + context + " that " + model.id()
                            + " can hold; such requests are cut short",
                    "lower a maximum");
        }
        return new Traffic(
                new RequestRate(form.value(TrafficTable.RATE)),
                form.value(TrafficTable.PEAK_TO_MEAN),
                form.value(TrafficTable.GROWTH),
                form.value(TrafficTable.BURSTINESS),
                prompt,
                output,
                form.value(TrafficTable.PREFIX_SHARE),
                trace(form));
    }

    private Traffic.TokenLengths lengths(Form form, Attribute<Form> attribute, LanguageModel model) {
        double mean = form.value(LengthTable.MEAN);
        Integer stated = form.valueOrNull(LengthTable.MAXIMUM);
        Integer context = model.maximumContext();
        int limit = context == null ? NO_LIMIT : context;
        int usual = (int) Math.min(Math.ceil(mean * USUAL_MAXIMUM_OVER_MEAN), Math.max(limit / 2.0, Math.ceil(mean)));
        int maximum = stated == null ? usual : stated;
        if (maximum < mean) {
            reading.error(
                    form.place(LengthTable.MAXIMUM),
                    form.text(LengthTable.MAXIMUM),
                    "the maximum of " + attribute.key() + " is below its mean",
                    "swap the two");
        }
        return new Traffic.TokenLengths(mean, form.value(LengthTable.CV), maximum);
    }

    /** A trace that looks like a file must be one; other names are left to who knows the built-in traces. */
    private @Nullable String trace(Form form) {
        String trace = form.valueOrNull(TrafficTable.TRACE);
        if (trace == null || folder == null || !(trace.contains("/") || trace.contains("."))) {
            return trace;
        }
        try {
            if (Files.isReadable(folder.resolve(trace))) {
                return trace;
            }
        } catch (InvalidPathException notAPath) {
            // Said below: there is no such file.
        }
        reading.error(
                form.place(TrafficTable.TRACE),
                trace,
                "there is no trace file " + Excerpt.quoted(trace) + " that can be read",
                "write its path from the folder of the scenario, "
                        + folder.toAbsolutePath().normalize());
        return null;
    }
}

package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.scenario.Workload;
import io.ampacity.scenario.reading.TrafficTable.ObjectiveTable;
import io.ampacity.units.TimeSpan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Workload} of a sound form.
 *
 * @param periods null when the horizon could not be read
 */
record WorkloadBuilding(
        Catalogue catalogue,
        SchemaReading reading,
        @Nullable PeriodLookup periods,
        TrafficBuilding traffic) {

    /** Null, with the reason noted, when what the form says contradicts itself. */
    @Nullable Workload workload(String id, Form form) {
        if (form.section().equals(WorkloadTable.TRAINING)) {
            return training(id, form);
        }
        return form.section().equals(WorkloadTable.BATCH) ? batch(id, form) : serving(id, form);
    }

    private Workload serving(String id, Form form) {
        LanguageModel model = model(form);
        return new Workload.Serving(
                id,
                model.id(),
                precision(form, model),
                form.value(WorkloadTable.KV_PRECISION),
                form.value(WorkloadTable.ENGINE),
                traffic.traffic(form.value(WorkloadTable.TRAFFIC), model),
                objective(id, form),
                form.valueOrNull(WorkloadTable.DATA_CLASS),
                form.value(WorkloadTable.LATENCY_CLASS),
                form.value(WorkloadTable.PRIORITY),
                chips(form));
    }

    private ServiceLevelObjective objective(String id, Form form) {
        Form objective = form.value(WorkloadTable.OBJECTIVE);
        Double first = objective.valueOrNull(ObjectiveTable.TIME_TO_FIRST_TOKEN);
        Double each = objective.valueOrNull(ObjectiveTable.TIME_PER_OUTPUT_TOKEN);
        if (first == null && each == null) {
            reading.warning(
                    form.place(WorkloadTable.OBJECTIVE),
                    null,
                    "nothing is promised to the users of \"" + id + "\", so it is planned for throughput alone",
                    "add objective: {time-to-first-token: 1 s, time-per-output-token: 60 ms}");
        }
        return new ServiceLevelObjective(
                first == null ? null : new TimeSpan(first),
                each == null ? null : new TimeSpan(each),
                objective.value(ObjectiveTable.ATTAINMENT));
    }

    private @Nullable Workload training(String id, Form form) {
        if (periods == null) {
            return null;
        }
        Months.Span start = form.valueOrNull(WorkloadTable.START);
        Months.Span deadline = form.valueOrNull(WorkloadTable.DEADLINE);
        Integer first = start == null
                ? Integer.valueOf(0)
                : periods.inside(start.first(), form.place(WorkloadTable.START), form.text(WorkloadTable.START));
        Integer last = deadline == null
                ? Integer.valueOf(periods.horizon().periods() - 1)
                : periods.inside(
                        deadline.last(), form.place(WorkloadTable.DEADLINE), form.text(WorkloadTable.DEADLINE));
        if (first == null || last == null) {
            return null;
        }
        if (last < first) {
            reading.error(
                    form.place(WorkloadTable.DEADLINE),
                    form.text(WorkloadTable.DEADLINE),
                    "the deadline of \"" + id + "\" is before its start",
                    "swap start and deadline");
            return null;
        }
        LanguageModel model = model(form);
        Integer context = model.maximumContext();
        int sequence = form.value(WorkloadTable.SEQUENCE);
        if (context != null && sequence > context) {
            reading.warning(
                    form.place(WorkloadTable.SEQUENCE),
                    form.text(WorkloadTable.SEQUENCE),
                    "a sequence of " + sequence + " tokens is longer than the " + context + " of " + model.id(),
                    "this trains a longer context on purpose");
        }
        Precision precision = form.valueOrNull(WorkloadTable.PRECISION);
        return new Workload.Training(
                id,
                model.id(),
                precision == null ? Precision.BF16 : precision,
                form.value(WorkloadTable.TOKENS),
                first,
                last,
                form.value(WorkloadTable.MINIMUM_CHIPS),
                sequence,
                form.valueOrNull(WorkloadTable.MFU),
                form.valueOrNull(WorkloadTable.DATA_CLASS),
                chips(form));
    }

    private Workload batch(String id, Form form) {
        LanguageModel model = model(form);
        double requests = form.value(WorkloadTable.REQUESTS);
        int prompt = form.value(WorkloadTable.PROMPT_TOKENS);
        int output = form.value(WorkloadTable.OUTPUT_TOKENS);
        Integer context = model.maximumContext();
        if (context != null && (long) prompt + output > context) {
            reading.error(
                    form.place(WorkloadTable.PROMPT_TOKENS),
                    form.text(WorkloadTable.PROMPT_TOKENS),
                    "prompt and answer of \"" + id + "\" take " + ((long) prompt + output) + " tokens, more than the "
                            + context + " that " + model.id() + " can hold",
                    "shorten them, or choose a model with a longer context");
        }
        return new Workload.Batch(
                id,
                model.id(),
                precision(form, model),
                form.value(WorkloadTable.KV_PRECISION),
                form.value(WorkloadTable.ENGINE),
                requests * prompt,
                requests * output,
                prompt,
                output,
                form.value(WorkloadTable.GROWTH),
                form.valueOrNull(WorkloadTable.DATA_CLASS),
                chips(form));
    }

    private LanguageModel model(Form form) {
        return Objects.requireNonNull(catalogue.models().get(form.value(WorkloadTable.MODEL)));
    }

    private static Precision precision(Form form, LanguageModel model) {
        Precision stated = form.valueOrNull(WorkloadTable.PRECISION);
        return stated == null ? model.nativePrecision() : stated;
    }

    private static List<String> chips(Form form) {
        List<String> stated = form.valueOrNull(WorkloadTable.CHIPS);
        return stated == null ? List.of() : stated;
    }
}

package io.ampacity.planner.claims;

import io.ampacity.documents.schema.Form;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import io.ampacity.physics.estimate.Banded;
import io.ampacity.physics.estimate.Estimate;
import io.ampacity.physics.estimate.Estimator;
import io.ampacity.physics.estimate.Lengths;
import io.ampacity.planner.claims.ClaimsTable.ServiceTable;

/** One request as a replica serves it among others, and what it takes. */
final class ServedRequest {

    private final Chip chip;
    private final LanguageModel model;
    private final Deployment deployment;
    private final Lengths lengths;
    private final int concurrency;

    private ServedRequest(Chip chip, LanguageModel model, Deployment deployment, Lengths lengths, int concurrency) {
        this.chip = chip;
        this.model = model;
        this.deployment = deployment;
        this.lengths = lengths;
        this.concurrency = concurrency;
    }

    static ServedRequest of(Form form, Catalogue catalogue) {
        LanguageModel model = catalogue.model(form.value(ServiceTable.MODEL)).orElseThrow();
        Chip chip = catalogue.chip(form.value(ServiceTable.CHIP)).orElseThrow();
        Precision stated = form.valueOrNull(ServiceTable.PRECISION);
        Deployment deployment = new Deployment(
                form.value(ServiceTable.TENSOR_PARALLEL),
                1,
                form.value(ServiceTable.EXPERT_PARALLEL),
                1,
                stated == null ? model.nativePrecision() : stated,
                Precision.BF16,
                form.value(ServiceTable.ENGINE));
        return new ServedRequest(
                chip,
                model,
                deployment,
                Lengths.fixed(form.value(ServiceTable.PROMPT_TOKENS), form.value(ServiceTable.OUTPUT_TOKENS)),
                form.value(ServiceTable.CONCURRENCY));
    }

    /**
     * What one request takes, with its 80 % band.
     *
     * @throws io.ampacity.physics.PhysicsException when the model does not fit
     */
    Banded takes(ClaimsTable.Taken taken, Estimator estimator) {
        Estimate estimate = estimator.closedLoop(chip, model, deployment, lengths, concurrency);
        Banded rate = estimate.outputTokensPerSecond();
        double tokens = lengths.outputTokens();
        return switch (taken) {
            case CHIP_SECONDS -> {
                double chipTokens = deployment.chips() * tokens;
                yield new Banded(chipTokens / rate.value(), chipTokens / rate.high(), chipTokens / rate.low());
            }
            case CHIP_JOULES -> scaled(estimate.energyPerOutputTokenJoules(), tokens, 0);
            case SERVER_JOULES ->
                scaled(estimate.energyPerOutputTokenJoules(), tokens, estimate.serverWatts() * tokens / rate.value());
        };
    }

    private static Banded scaled(Banded each, double times, double plus) {
        return new Banded(each.value() * times + plus, each.low() * times + plus, each.high() * times + plus);
    }

    /** The request in words. */
    String words() {
        return model.id() + " on " + chip.id() + ", " + deployment.id() + ", " + lengths.promptTokens() + " + "
                + lengths.outputTokens() + " tokens, " + concurrency + " requests at once";
    }
}

package io.ampacity.cli;

import io.ampacity.facts.Catalogue;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Precision;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name under which a quantised copy of a model is published: the model's own and the format at its end, as in {@code
 * Qwen/Qwen3-8B-FP8}, {@code RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic} or {@code nvidia/Llama-3.3-70B-Instruct-NVFP4}.
 *
 * @param base the name without maker and the format
 */
record QuantisedName(String base, Precision precision) {

    private static final Pattern FORM =
            Pattern.compile("(?i)(?<model>.+?)[-_.](?<format>fp8|nvfp4|mxfp4|fp4)(?:[-_.](?:dynamic|block|kv))?");

    static Optional<QuantisedName> of(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String whole = matcher.group("model");
        boolean eight = matcher.group("format").equalsIgnoreCase("fp8");
        return Optional.of(
                new QuantisedName(whole.substring(whole.lastIndexOf('/') + 1), eight ? Precision.FP8 : Precision.FP4));
    }

    /** The model it is a copy of, whoever published the copy. */
    Optional<LanguageModel> model(Catalogue catalogue) {
        String ending = "/" + base.toLowerCase(Locale.ROOT);
        return catalogue
                .model(base)
                .or(() -> catalogue.models().values().stream()
                        .filter(model -> model.aliases().stream()
                                .anyMatch(
                                        alias -> alias.toLowerCase(Locale.ROOT).endsWith(ending)))
                        .findFirst());
    }
}

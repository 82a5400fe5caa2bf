package io.ampacity.benchmarks;

import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Deployment;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.StepModel;
import io.ampacity.traces.RequestList;
import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModels;
import io.ampacity.traces.reader.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is measured: step models by a short name, and the requests that are replayed. */
final class Subjects {

    /** Requests of the recorded conversation trace, and so of the made one that stands in for it. */
    private static final int CONVERSATION_REQUESTS = 19_366;

    private Subjects() {}

    /** A step model by {@code model/chip/tensor-parallel degree}, such as {@code llama-3.1-70b/h100-sxm/4}. */
    static StepModel stepModel(String name) {
        List<String> parts = List.of(name.split("/", -1));
        if (parts.size() != 3) {
            throw new IllegalArgumentException(
                    "the step model " + name + " has " + parts.size() + " parts. Maybe llama-3.1-8b/h100-sxm/1");
        }
        Catalogue catalogue = BuiltInCatalogue.load();
        return ServingPhysics.shipped()
                .stepModel(
                        catalogue.chip(parts.get(1)).orElseThrow(),
                        catalogue.model(parts.get(0)).orElseThrow(),
                        Deployment.tensorParallel(Integer.parseInt(parts.get(2))));
    }

    /** The recorded conversation trace when the file is there, else one of its length made by the built-in model. */
    static RequestList conversation() {
        Path recorded = Path.of(System.getProperty("shared.data", "../shared/data"))
                .resolve("Azure_AzurePublicDataset/data/AzureLLMInferenceTrace_conv.csv");
        if (Files.exists(recorded)) {
            try (RequestSource source = Traces.open(recorded)) {
                return RequestList.copyOf(source);
            }
        }
        RequestList made = new RequestList();
        RequestSource source = TraceModels.builtIn("azure-conversation-2023").synthesise(Double.POSITIVE_INFINITY, 1);
        while (made.size() < CONVERSATION_REQUESTS && source.next()) {
            made.add(source.arrivalSeconds(), source.promptTokens(), source.outputTokens());
        }
        return made;
    }
}

package io.ampacity.cli;

import io.ampacity.documents.YamlDocument;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.estimate.Estimator;
import io.ampacity.planner.claims.Claims;
import io.ampacity.planner.claims.ClaimsReader;
import io.ampacity.planner.claims.Figure;
import io.ampacity.planner.claims.Reconciler;
import io.ampacity.planner.claims.Reconciliation;
import io.ampacity.planner.claims.Relation;
import io.ampacity.planner.solver.highs.HighsSolver;
import io.ampacity.reports.ClaimsPaper;
import io.ampacity.reports.paper.Paper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ampacity reconcile}: whether published figures fit together. */
@Command(
        name = "reconcile",
        description = {
            "Say whether published figures fit together, which assumptions make them, and what the figures leave of",
            "each assumption. Exit code 1 when no choice inside the ranges meets all relations."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity reconcile examples/query-economics/claims-2023.yaml",
            "  ampacity reconcile claims.yaml --html claims.html"
        })
final class ReconcileCommand extends AbstractAction {

    @Parameters(index = "0", paramLabel = "CLAIMS", description = "Figures and relations, a YAML file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path file;

    @Mixin
    private PaperFiles files = new PaperFiles();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() throws IOException {
        files.check();
        Claims claims = ClaimsReader.read(
                        YamlDocument.readLeniently(file), known.catalogue(), new Estimator(ServingPhysics.shipped()))
                .orThrow();
        Reconciliation found = new Reconciler(new HighsSolver()).reconcile(claims);
        Paper paper = ClaimsPaper.of(found);
        files.write(paper);
        if (output().json()) {
            output().document(document(found));
        } else if (files.places().isEmpty()) {
            output().paper(paper);
        } else {
            files.places().forEach(place -> output().text().println("wrote " + place));
        }
        return found.consistent() ? ExitCode.FINE : ExitCode.NO;
    }

    private static Map<String, Object> document(Reconciliation found) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("title", found.claims().title());
        document.put("consistent", found.consistent());
        List<Object> figures = new ArrayList<>();
        for (Figure figure : found.claims().figures()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("id", figure.id());
            each.put("what", figure.what());
            each.put("unit", figure.unit());
            each.put("kind", figure.kind());
            each.put("likely", span(figure.likely(), figure.low(), figure.high()));
            each.put("nearest", found.nearest().get(figure.id()));
            each.put("left", found.left().get(figure.id()));
            each.put("alone", found.alone(figure));
            each.put("source", figure.source());
            figures.add(each);
        }
        document.put("figures", figures);
        List<Object> relations = new ArrayList<>();
        for (Relation relation : found.claims().relations()) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("name", relation.name());
            each.put("text", relation.text());
            each.put("ratioAtFaceValue", found.atFaceValue().get(relation.name()));
            relations.add(each);
        }
        document.put("relations", relations);
        return document;
    }

    private static Map<String, Double> span(double value, double low, double high) {
        Map<String, Double> span = new LinkedHashMap<>();
        span.put("value", value);
        span.put("low", low);
        span.put("high", high);
        return span;
    }
}

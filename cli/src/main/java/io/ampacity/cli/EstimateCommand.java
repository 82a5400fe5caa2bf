package io.ampacity.cli;

import io.ampacity.facts.Chip;
import io.ampacity.facts.Deployment;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.ChipSheet;
import io.ampacity.physics.PhysicsException;
import io.ampacity.physics.ServingPhysics;
import io.ampacity.physics.estimate.Estimate;
import io.ampacity.physics.estimate.Estimator;
import io.ampacity.physics.estimate.Lengths;
import io.ampacity.reports.html.HtmlRenderer;
import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ampacity estimate}: how fast, hot and dear one deployment serves at one operating point. */
@Command(
        name = "estimate",
        description = "Estimate speed, power, carbon and cost of one model on one kind of chip.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity estimate --model llama-3.1-70b --chip h100-sxm --tensor-parallel 4 \\",
            "      --prompt-tokens 1024 --output-tokens 256 --concurrency 64",
            "  ampacity estimate --model llama-3.1-8b --chip l40s --precision fp8 \\",
            "      --prompt-tokens 512 --output-tokens 128 --batch 16 --json",
            "  ampacity estimate --model llama-3.1-70b --chip h100-sxm --tensor-parallel 4 \\",
            "      --prompt-tokens 1024 --output-tokens 256 --sweep batch --html curve.html"
        })
final class EstimateCommand extends AbstractAction {

    @Mixin
    private ReplicaOptions replica = new ReplicaOptions();

    @Option(names = "--prompt-tokens", required = true, paramLabel = "N", description = "Of each request.", order = 3)
    private int promptTokens;

    @Option(names = "--output-tokens", required = true, paramLabel = "N", description = "Of each request.", order = 4)
    private int outputTokens;

    @ArgGroup(multiplicity = "0..1")
    private @Nullable Load load;

    @Option(
            names = "--sweep",
            paramLabel = "WHAT",
            description = "Draw the estimate over batch, concurrency, tensor-parallel or context (prompt tokens).",
            converter = Sweep.Reading.class,
            order = 7)
    private @Nullable Sweep sweep;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the estimate as one HTML file, with its roofline.",
            order = 8)
    private @Nullable Path html;

    @Mixin
    private ServerTermOptions terms = new ServerTermOptions();

    @Mixin
    private PriceAndPlace priceAndPlace = new PriceAndPlace();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Mixin
    private CalibrationOption calibration = new CalibrationOption();

    /** How many requests run at once. */
    static final class Load {

        @Option(names = "--batch", paramLabel = "N", description = "A steady batch of N sequences.", order = 5)
        private @Nullable Integer batch;

        @Option(
                names = "--concurrency",
                paramLabel = "N",
                description = "N clients, each sending its next request when the last one ends.",
                order = 6)
        private @Nullable Integer concurrency;
    }

    /** One question of a sweep, or the only one. */
    private record Question(
            Deployment deployment,
            int promptTokens,
            @Nullable Integer batch,
            @Nullable Integer clients) {}

    @Override
    public Integer call() throws IOException {
        if (html != null) {
            Draft.check(html);
        }
        LanguageModel weights = replica.model(this, known.catalogue());
        Chip hardware = replica.chip(this, known.catalogue());
        Deployment deployment = replica.deployment(this, weights);
        Numbers.atLeastOne("--prompt-tokens", promptTokens);
        Numbers.atLeastOne("--output-tokens", outputTokens);
        warnOfContext(weights);
        ServingPhysics plain = calibration.physics(known.catalogue());
        Estimator estimator = new Estimator(terms.apply(this, plain));
        if (sweep != null) {
            return draw(sweep, estimator, plain, hardware, weights, deployment);
        }
        Question question = asked(deployment);
        EstimatePoint point = point(0, estimator, hardware, weights, question);
        if (html != null) {
            List<Section> sections = new ArrayList<>();
            sections.add(new Section("estimate", "Estimate", EstimateBlocks.one(point)));
            sections.add(roofline(plain, hardware, weights, question, point));
            write(html, weights, hardware, deployment, point, sections);
        }
        if (output().json()) {
            output().document(point.document());
        } else {
            output().text().println(title(weights, hardware, deployment));
            output().blocks(EstimateBlocks.one(point).toArray(new Block[0]));
        }
        return ExitCode.FINE;
    }

    private void warnOfContext(LanguageModel weights) {
        Integer context = weights.maximumContext();
        if (context != null && (long) promptTokens + outputTokens > context) {
            output().warning(weights.id() + " knows a context of " + context
                    + " tokens; prompt and output together are " + ((long) promptTokens + outputTokens));
        }
    }

    private Question asked(Deployment deployment) {
        Load given = load;
        if (given == null) {
            throw badInput("one of --batch, --concurrency and --sweep is missing");
        }
        Numbers.checkAtLeastOne("--batch", given.batch);
        Numbers.checkAtLeastOne("--concurrency", given.concurrency);
        return new Question(deployment, promptTokens, given.batch, given.concurrency);
    }

    private EstimatePoint point(
            int value, Estimator estimator, Chip hardware, LanguageModel weights, Question question) {
        Integer clients = question.clients();
        Integer batch = question.batch();
        Estimate estimate = clients != null
                ? estimator.closedLoop(
                        hardware,
                        weights,
                        question.deployment(),
                        Lengths.fixed(question.promptTokens(), outputTokens),
                        clients)
                : estimator.batch(
                        hardware,
                        weights,
                        question.deployment(),
                        question.promptTokens(),
                        outputTokens,
                        batch == null ? 1 : batch);
        return new EstimatePoint(
                value,
                estimate,
                priceAndPlace.costs(known, hardware, question.deployment(), estimate),
                EnergyBreakdown.of(
                        estimate, hardware, question.deployment().chips(), priceAndPlace.pue(known, hardware)));
    }

    private int draw(
            Sweep over,
            Estimator estimator,
            ServingPhysics plain,
            Chip hardware,
            LanguageModel weights,
            Deployment deployment)
            throws IOException {
        List<EstimatePoint> points = new ArrayList<>();
        Map<Integer, String> left = new TreeMap<>();
        for (int value : over.values(hardware, weights, outputTokens)) {
            try {
                EstimatePoint next = point(value, estimator, hardware, weights, question(over, value, deployment));
                points.add(next);
                if (over == Sweep.BATCH && next.estimate().runningSequences() < value) {
                    // A larger batch would only wait.
                    break;
                }
            } catch (PhysicsException unfit) {
                left.put(value, "does not fit");
            }
        }
        if (points.isEmpty()) {
            // Says by how much it does not fit.
            point(0, estimator, hardware, weights, question(over, over == Sweep.TENSOR_PARALLEL ? 1 : 128, deployment));
        }
        if (html != null) {
            List<Section> sections = new ArrayList<>();
            sections.add(new Section("sweep", "By " + over.axis(), EstimateBlocks.sweep(over, points, left)));
            EstimatePoint last = points.getLast();
            sections.add(roofline(plain, hardware, weights, question(over, last.value(), deployment), last));
            write(html, weights, hardware, deployment, null, sections);
        }
        if (output().json()) {
            List<Map<String, Object>> array = new ArrayList<>();
            for (EstimatePoint point : points) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put(over.key(), point.value());
                row.putAll(point.document());
                array.add(row);
            }
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("sweep", over.id());
            document.put("points", array);
            document.put("leftOut", List.copyOf(left.keySet()));
            output().document(document);
        } else {
            output().text().println(title(weights, hardware, deployment));
            output().blocks(EstimateBlocks.sweepInBrief(over, points, left).toArray(new Block[0]));
        }
        return ExitCode.FINE;
    }

    private Question question(Sweep over, int value, Deployment deployment) {
        return switch (over) {
            case BATCH -> {
                refuseLoad(over);
                yield new Question(deployment, promptTokens, value, null);
            }
            case CONCURRENCY -> {
                refuseLoad(over);
                yield new Question(deployment, promptTokens, null, value);
            }
            case TENSOR_PARALLEL -> {
                Question asked = asked(deployment);
                yield new Question(
                        new Deployment(
                                value,
                                deployment.pipelineParallel(),
                                deployment.expertParallel(),
                                deployment.dataParallel(),
                                deployment.weights(),
                                deployment.kvCache(),
                                deployment.engine()),
                        promptTokens,
                        asked.batch(),
                        asked.clients());
            }
            case CONTEXT -> {
                Question asked = asked(deployment);
                yield new Question(deployment, value, asked.batch(), asked.clients());
            }
        };
    }

    private void refuseLoad(Sweep over) {
        if (load != null) {
            throw badInput("--sweep " + over.id() + " tries every load, so --batch and --concurrency say nothing");
        }
    }

    private Section roofline(
            ServingPhysics plain, Chip hardware, LanguageModel weights, Question question, EstimatePoint point) {
        int running = (int) Math.max(1, Math.round(point.estimate().runningSequences()));
        double context = running * (question.promptTokens() + outputTokens / 2.0);
        ChipSheet sheet = ChipSheet.of(hardware);
        List<Block> blocks = new ArrayList<>(EstimateBlocks.roofline(
                sheet,
                plain.operations(hardware, weights, question.deployment(), 0, running, context),
                "A step that decodes " + running + " sequences"));
        blocks.addAll(EstimateBlocks.roofline(
                sheet,
                plain.operations(hardware, weights, question.deployment(), question.promptTokens(), running, context),
                "A step that reads a prompt of " + question.promptTokens() + " tokens beside them"));
        return new Section("roofline", "Against the roofs of the chip", blocks);
    }

    private static void write(
            Path file,
            LanguageModel weights,
            Chip hardware,
            Deployment deployment,
            @Nullable EstimatePoint point,
            List<Section> sections)
            throws IOException {
        String title = weights.name() + " on " + deployment.chips() + " × " + hardware.name();
        WholeFile.write(file, new HtmlRenderer().render(EstimateBlocks.paper(title, deployment.id(), point, sections)));
    }

    private static String title(LanguageModel weights, Chip hardware, Deployment deployment) {
        return weights.id() + " on " + deployment.chips() + " × " + hardware.id() + " (" + deployment.id() + ")";
    }
}

package io.ampacity.cli;

import io.ampacity.documents.Issue;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.Offer;
import io.ampacity.facts.Region;
import io.ampacity.facts.imports.GoogleRegionCarbon;
import io.ampacity.facts.imports.HuggingFaceConfig;
import io.ampacity.facts.imports.Imported;
import io.ampacity.facts.imports.SkyPilotCatalogue;
import io.ampacity.facts.view.CatalogueWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code ampacity facts import}: facts from a file of another program. */
@Command(
        name = "import",
        description = {
            "Turn a file of another program into facts: a price list of SkyPilot (vms.csv), Google's list of the carbon",
            "of its regions, or the config.json of a model at Hugging Face. Use them with --facts in any command."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity facts import skypilot vms.csv --supplier aws --as-of 2026-10-01 --out own.yaml",
            "  ampacity facts import google-region-carbon 2024.csv --out regions.yaml",
            "  ampacity facts import hugging-face config.json --out model.yaml",
            "  ampacity plan scenario.yaml --facts own.yaml"
        })
final class FactsImport extends AbstractAction {

    /** Where a file comes from. */
    enum Origin {
        SKYPILOT,
        GOOGLE_REGION_CARBON,
        HUGGING_FACE
    }

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Parameters(
            index = "0",
            paramLabel = "ORIGIN",
            description = "skypilot, google-region-carbon or hugging-face.",
            converter = OriginReading.class)
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Origin origin;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path file;

    @Option(names = "--supplier", paramLabel = "ID", description = "Whose prices they are, such as aws (skypilot).")
    private @Nullable String supplier;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The date of the prices, such as 2026-10-01 (skypilot).")
    private @Nullable String asOf;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the facts there (YAML).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        if (out != null) {
            Draft.check(out);
        }
        return switch (origin) {
            case SKYPILOT -> {
                Imported<Offer> offers = SkyPilotCatalogue.read(
                        file, required("--supplier", supplier), required("--as-of", asOf), known.catalogue());
                yield tell("offers", offers, CatalogueWriter.offers(offers.records()));
            }
            case GOOGLE_REGION_CARBON -> {
                Imported<Region> regions = GoogleRegionCarbon.read(file);
                yield tell("regions", regions, CatalogueWriter.regions(regions.records()));
            }
            case HUGGING_FACE -> {
                Imported<LanguageModel> models = HuggingFaceConfig.read(file);
                yield tell("models", models, CatalogueWriter.models(models.records()));
            }
        };
    }

    private String required(String option, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw badInput(option + " is missing; SkyPilot's file does not say it");
        }
        return value;
    }

    private int tell(String kind, Imported<?> imported, String yaml) throws IOException {
        for (Issue issue : imported.issues()) {
            if (issue.isError()) {
                output().errors().println(issue);
            } else {
                output().warning(issue.toString());
            }
        }
        if (imported.records().isEmpty()) {
            throw new BadInput(file + " holds no " + kind + " that can be taken", "look at the lines above");
        }
        long leftOut = imported.issues().stream().filter(Issue::isError).count();
        if (out != null) {
            WholeFile.write(out, yaml);
        }
        if (output().json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("kind", kind);
            document.put("entries", imported.records().size());
            document.put("leftOut", leftOut);
            document.put(
                    "issues", imported.issues().stream().map(Issue::toString).toList());
            document.put("file", out == null ? null : out.toString());
            document.put("yaml", out == null ? yaml : null);
            output().document(document);
        } else if (out == null) {
            output().text().print(yaml);
        } else {
            output().text()
                    .println("wrote " + imported.records().size() + " " + kind + " to " + out
                            + (leftOut == 0 ? "" : "; " + leftOut + " mistakes kept entries out"));
        }
        return leftOut > 0 ? ExitCode.NO : ExitCode.FINE;
    }

    /** Reads an origin as it is written in help and documents. */
    static final class OriginReading implements ITypeConverter<Origin> {

        @Override
        public Origin convert(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "skypilot" -> Origin.SKYPILOT;
                case "google-region-carbon" -> Origin.GOOGLE_REGION_CARBON;
                case "hugging-face" -> Origin.HUGGING_FACE;
                default ->
                    throw new TypeConversionException("\"" + word
                            + "\" is no origin of facts; there are skypilot, google-region-carbon and hugging-face");
            };
        }
    }
}

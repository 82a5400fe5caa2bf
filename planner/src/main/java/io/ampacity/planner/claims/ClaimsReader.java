package io.ampacity.planner.claims;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.Excerpt;
import io.ampacity.documents.Nearest;
import io.ampacity.documents.Place;
import io.ampacity.documents.YamlDocument;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Vocabulary;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.LanguageModel;
import io.ampacity.physics.PhysicsException;
import io.ampacity.physics.estimate.Banded;
import io.ampacity.physics.estimate.Estimator;
import io.ampacity.planner.claims.ClaimsTable.FigureTable;
import io.ampacity.planner.claims.ClaimsTable.ServiceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a document of claims and finds every mistake in it. Throws nothing for what a document says. */
public final class ClaimsReader {

    private final Catalogue catalogue;
    private final Estimator estimator;
    private final SchemaReading reading = new SchemaReading();

    private ClaimsReader(Catalogue catalogue, Estimator estimator) {
        this.catalogue = catalogue;
        this.estimator = estimator;
    }

    /** The attribute table of a document of claims. */
    public static Section language() {
        return ClaimsTable.SECTION;
    }

    /** Reads what a YAML document holds; names resolve against the catalogue, the estimator fills in figures. */
    public static ClaimsReading read(YamlDocument.Reading document, Catalogue catalogue, Estimator estimator) {
        return new ClaimsReader(catalogue, estimator).read(document);
    }

    private ClaimsReading read(YamlDocument.Reading document) {
        document.issues().forEach(reading::add);
        DocumentNode root = document.root();
        Claims claims = null;
        if (root != null) {
            reading.learn(new Vocabulary(
                    "chip",
                    catalogue.chips().keySet(),
                    catalogue.chips().values().stream().collect(Collectors.toMap(Chip::id, Chip::aliases)),
                    "list the known ones with: ampacity facts list chips"));
            reading.learn(new Vocabulary(
                    "model",
                    catalogue.models().keySet(),
                    catalogue.models().values().stream()
                            .collect(Collectors.toMap(LanguageModel::id, LanguageModel::aliases)),
                    "list the known ones with: ampacity facts list models"));
            Form form = Nested.of(ClaimsTable.SECTION).read(root, reading);
            if (form != null && form.isSound()) {
                claims = claims(form, root);
            }
        }
        return new ClaimsReading(reading.errors() == 0 ? claims : null, reading.issues());
    }

    private Claims claims(Form form, DocumentNode root) {
        List<Figure> figures = new ArrayList<>();
        form.value(ClaimsTable.FIGURES).forEach((id, stated) -> {
            Figure figure = figure(id, stated);
            if (figure != null) {
                figures.add(figure);
            }
        });
        List<Relation> relations = new ArrayList<>();
        Map<String, Form> known = form.value(ClaimsTable.FIGURES);
        form.value(ClaimsTable.RELATIONS).forEach((name, text) -> {
            Relation relation = relation(name, text, known, place(root, name));
            if (relation != null) {
                relations.add(relation);
            }
        });
        String question = form.valueOrNull(ClaimsTable.QUESTION);
        return new Claims(form.value(ClaimsTable.TITLE), question == null ? "" : question, figures, relations);
    }

    private static Place place(DocumentNode root, String relation) {
        if (root instanceof MappingNode document
                && document.member(ClaimsTable.RELATIONS.key()) instanceof MappingNode relations) {
            DocumentNode written = relations.member(relation);
            return written == null ? relations.place() : written.place();
        }
        return root.place();
    }

    private @Nullable Figure figure(String id, Form form) {
        String what = form.valueOrNull(FigureTable.WHAT);
        String unit = form.valueOrNull(FigureTable.UNIT);
        Double value = form.valueOrNull(FigureTable.VALUE);
        Double low = form.valueOrNull(FigureTable.LOW);
        Double high = form.valueOrNull(FigureTable.HIGH);
        String source = form.valueOrNull(FigureTable.SOURCE);
        Form service = form.valueOrNull(FigureTable.ESTIMATE);
        Figure.Kind kind = form.value(FigureTable.CLAIM) ? Figure.Kind.CLAIM : Figure.Kind.ASSUMPTION;
        if (service != null) {
            if (value != null || low != null || high != null) {
                reading.error(
                        form.place(FigureTable.ESTIMATE),
                        null,
                        "the figure " + id + " is estimated and stated, too",
                        "remove either the estimate, or value, low and high");
                return null;
            }
            ServedRequest request = ServedRequest.of(service, catalogue);
            Banded banded = estimate(request, service);
            if (banded == null) {
                return null;
            }
            value = banded.value();
            low = banded.low();
            high = banded.high();
            kind = Figure.Kind.ESTIMATE;
            source = source == null ? request.words() : source;
        }
        if (value == null && low != null && high != null) {
            value = Math.sqrt(low * high);
            kind = Figure.Kind.UNKNOWN;
        }
        if (value == null) {
            reading.error(
                    form.place(), null, "the figure " + id + " has no value", "add value: 12.5, or both low and high");
            return null;
        }
        double least = low == null ? value : low;
        double most = high == null ? value : high;
        if (least > value || value > most) {
            reading.error(
                    form.place(FigureTable.VALUE),
                    form.text(FigureTable.VALUE),
                    "the figure " + id + " is " + value + ", outside its own range " + least + " to " + most,
                    "widen the range, or swap low and high");
            return null;
        }
        return new Figure(id, what == null ? id : what, unit == null ? "" : unit, kind, value, least, most, source);
    }

    private @Nullable Banded estimate(ServedRequest request, Form service) {
        try {
            return request.takes(service.value(ServiceTable.TAKES), estimator);
        } catch (PhysicsException | IllegalArgumentException impossible) {
            reading.error(service.place(), null, String.valueOf(impossible.getMessage()), null);
            return null;
        }
    }

    private @Nullable Relation relation(String name, String text, Map<String, Form> known, Place place) {
        String[] sides = text.split("=", -1);
        if (sides.length != 2) {
            reading.error(
                    place,
                    text,
                    "the relation " + name + " has " + (sides.length - 1) + " signs of equality, and needs one",
                    "write it like: a-year = a-day * 365");
            return null;
        }
        Product ratio;
        try {
            ratio = Product.parse(sides[0]).over(Product.parse(sides[1]));
        } catch (Product.Unreadable wrong) {
            reading.error(
                    place,
                    text,
                    "the relation " + name + " cannot be read: " + wrong.getMessage(),
                    "only *, / and one = join figures and numbers, as in: a-year = a-day * 365");
            return null;
        }
        for (String id : ratio.figures()) {
            if (!known.containsKey(id)) {
                List<String> near = Nearest.to(id, known.keySet());
                reading.error(
                        place,
                        text,
                        "the relation " + name + " names " + Excerpt.quoted(id)
                                + ", which is no figure of this document",
                        near.isEmpty() ? "declare it under figures" : "you meant " + String.join(" or ", near));
                return null;
            }
        }
        if (ratio.powers().isEmpty()) {
            reading.error(place, text, "the relation " + name + " says nothing about any figure", "remove it");
            return null;
        }
        return new Relation(name, text.strip(), ratio);
    }
}

package io.ampacity.scenario.json;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.Place;
import io.ampacity.documents.schema.Section;
import io.ampacity.scenario.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plan as a JSON document.
 *
 * <p>Keys keep their order, periods go by their names, words are in lower case, and what is unknown is null. Reading is
 * strict: a key that is not known, or a period that is not listed, is a mistake with its place.
 */
public final class PlanJson {

    /** Documents larger than this are refused unread. */
    public static final long MAXIMUM_BYTES = 256L << 20;

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final PrettyPrinter PRINTER = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private PlanJson() {}

    /** The attribute table of the document. */
    public static Section language() {
        return PlanTable.SECTION;
    }

    /** The document, ending in a newline. */
    public static String write(Plan plan) {
        return MAPPER.writer().with(PRINTER).writeValueAsString(tree(plan)) + "\n";
    }

    /** The document as maps and lists, to stand inside a larger one. */
    public static Map<String, Object> tree(Plan plan) {
        return PlanWriting.tree(plan);
    }

    /**
     * Reads a file.
     *
     * @throws DocumentException with every mistake when it is missing or is no plan
     */
    public static Plan read(Path file) {
        Place start = new Place(file.toString(), 1, 1, "");
        if (Files.isDirectory(file)) {
            throw JsonDocument.refusal(start, "is a folder, not a file", "name a plan inside it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw JsonDocument.refusal(
                        start, "is larger than " + (MAXIMUM_BYTES >> 20) + " MiB", "it is not the file you meant");
            }
            return read(JsonDocument.parse(file.toString(), in.readAllBytes()));
        } catch (NoSuchFileException missing) {
            throw JsonDocument.refusal(
                    start,
                    "there is no such file",
                    "check the path from " + Path.of("").toAbsolutePath());
        } catch (IOException unreadable) {
            throw JsonDocument.refusal(start, "cannot be read: " + unreadable.getMessage(), "check its permissions");
        }
    }

    /**
     * Reads text; {@code name} stands for it in messages.
     *
     * @throws DocumentException with every mistake when it is no plan
     */
    public static Plan parse(String name, String text) {
        return read(JsonDocument.parse(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Plan read(DocumentNode document) {
        return PlanReading.plan(document);
    }
}

package io.ampacity.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads one YAML 1.2 document (and so JSON) into {@link DocumentNode}s. Anchors, aliases and the merge key {@code <<}
 * are understood; tags are not.
 *
 * <p>Input is hostile: size, nesting and alias use are bounded before a tree is built, so that junk and "billion
 * laughs" end as an {@link Issue} and not as a full heap.
 */
public final class YamlDocument {

    /** Documents larger than this are refused unread. */
    public static final long MAXIMUM_BYTES = 8L << 20;

    /** The parser's time grows with the square of a word's length. */
    private static final int LONGEST_WORD = 250_000;

    private static final int MAXIMUM_ALIASES = 1_000;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlDocument() {}

    /**
     * What came out of a document: a tree, mistakes, or both.
     *
     * @param root null when the document is no YAML at all
     * @param issues mistakes of YAML itself, such as a key that stands twice
     */
    public record Reading(@Nullable DocumentNode root, List<Issue> issues) {

        public Reading {
            issues = List.copyOf(issues);
        }

        private DocumentNode rootOrThrow() {
            if (root == null || issues.stream().anyMatch(Issue::isError)) {
                throw new DocumentException(issues);
            }
            return root;
        }
    }

    /**
     * Reads a file.
     *
     * @throws DocumentException when the file is missing, unreadable, too large, not UTF-8 or not YAML
     */
    public static DocumentNode read(Path file) {
        return readLeniently(file).rootOrThrow();
    }

    /** Reads bytes; {@code name} stands for the document in places. Errors as for {@link #read(Path)}. */
    public static DocumentNode parse(String name, byte[] bytes) {
        return parseLeniently(name, bytes).rootOrThrow();
    }

    /** Reads text; {@code name} stands for the document in places. Errors as for {@link #read(Path)}. */
    public static DocumentNode parse(String name, String text) {
        return parseLeniently(name, text).rootOrThrow();
    }

    /** Reads a file and throws nothing: what is wrong with it stands in the result. */
    public static Reading readLeniently(Path file) {
        Place start = new Place(file.toString(), 1, 1, "");
        try {
            if (Files.isDirectory(file)) {
                return refused(start, "is a folder, not a file", "name a .yaml file inside it");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return refused(start, "is a device or a pipe, not a file", "save its content to a .yaml file first");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return parseLeniently(file.toString(), in.readNBytes((int) MAXIMUM_BYTES + 1));
            }
        } catch (NoSuchFileException missing) {
            return refused(
                    start,
                    "there is no such file",
                    "check the path from " + Path.of("").toAbsolutePath());
        } catch (AccessDeniedException denied) {
            return refused(start, "may not be read by this user", "check its permissions");
        } catch (IOException unreadable) {
            return refused(start, "cannot be read: " + unreadable.getMessage(), "check its permissions");
        }
    }

    /** Reads bytes and throws nothing: what is wrong with them stands in the result. */
    public static Reading parseLeniently(String name, byte[] bytes) {
        Place start = new Place(name, 1, 1, "");
        if (bytes.length > MAXIMUM_BYTES) {
            return refused(
                    start, "is larger than " + (MAXIMUM_BYTES >> 20) + " MiB", "split it, or check that it is YAML");
        }
        try {
            return parseLeniently(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException notText) {
            return refused(start, "is not UTF-8 text", "save it as UTF-8, or check that it is YAML");
        }
    }

    /** Reads text and throws nothing: what is wrong with it stands in the result. */
    public static Reading parseLeniently(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setUseMarks(true)
                .setAllowDuplicateKeys(true)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(MAXIMUM_ALIASES)
                .setCodePointLimit((int) MAXIMUM_BYTES)
                .build();
        Place start = new Place(name, 1, 1, "");
        String body = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        if (hasHugeWord(body)) {
            return refused(
                    start,
                    "holds a word of more than " + LONGEST_WORD + " characters without a blank",
                    "it is not YAML written by a person");
        }
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(body).iterator();
            if (!documents.hasNext()) {
                return refused(start, "is empty", "start from a file in examples/");
            }
            Node root = documents.next();
            if (documents.hasNext()) {
                return refused(
                        place(name, documents.next().getStartMark()),
                        "holds a second document",
                        "remove it and its ---");
            }
            NodeConversion conversion = new NodeConversion(name);
            DocumentNode converted = conversion.convert(root);
            return new Reading(converted, conversion.issues());
        } catch (DocumentException refused) {
            return new Reading(null, refused.issues());
        } catch (MarkedYamlEngineException invalid) {
            return refused(
                    place(name, invalid.getProblemMark().or(invalid::getContextMark)),
                    "is not valid YAML: " + oneLine(invalid.getProblem()),
                    "check indentation, tabs, quotes and colons near this line");
        } catch (YamlEngineException invalid) {
            return refused(
                    start,
                    "is not valid YAML: " + oneLine(String.valueOf(invalid.getMessage())),
                    "check that it is text in YAML");
        } catch (StackOverflowError tooDeep) {
            return refused(start, "is nested too deeply", "check that it is the file you meant");
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ClassCastException invalid) {
            // The parser answers some malformed escapes and numbers with these.
            return refused(
                    start,
                    "is not valid YAML: " + oneLine(String.valueOf(invalid.getMessage())),
                    "check escapes such as \\x in quoted text");
        }
    }

    private static boolean hasHugeWord(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            length = text.charAt(i) <= ' ' ? 0 : length + 1;
            if (length > LONGEST_WORD) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(String message) {
        String line = message.lines().findFirst().orElse("").replaceAll("\\.+$", "");
        return line.length() > 200 ? line.substring(0, 197) + "..." : line;
    }

    static Place place(String name, Optional<Mark> mark) {
        return mark.map(m -> new Place(name, m.getLine() + 1, m.getColumn() + 1, ""))
                .orElseGet(() -> new Place(name, 1, 1, ""));
    }

    private static Reading refused(Place place, String problem, String advice) {
        return new Reading(null, List.of(Issue.error(place, null, problem, advice)));
    }
}

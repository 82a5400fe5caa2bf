package io.ampacity.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One side of a comparison: a result that is there, or a replay that can be run with any seed. */
sealed interface ComparedRun {

    /** What was typed. */
    String words();

    /** The document of the replay with a seed, and its requests in a file unless that is null. */
    JsonNode run(long seed, String more, @Nullable Path rows);

    /** Whether it replays a trace from a file, which is the same for every seed, and its requests can be told. */
    boolean replaysFile(String more);

    /** A document that {@code ampacity simulate --json} wrote. */
    record Written(String words, JsonNode document) implements ComparedRun {
        @Override
        public JsonNode run(long seed, String more, @Nullable Path rows) {
            return document;
        }

        @Override
        public boolean replaysFile(String more) {
            return false;
        }
    }

    /** A line of {@code ampacity simulate}. */
    record Line(String words, List<String> arguments) implements ComparedRun {
        @Override
        public boolean replaysFile(String more) {
            List<String> line = new ArrayList<>(arguments);
            line.addAll(split(more));
            boolean file = false;
            for (int i = 0; i < line.size(); i++) {
                String word = line.get(i);
                if (word.startsWith("--per-request")) {
                    return false;
                }
                if (word.startsWith("--trace=")) {
                    file = Files.isRegularFile(Path.of(word.substring("--trace=".length())));
                } else if (word.equals("--trace") && i + 1 < line.size()) {
                    file = Files.isRegularFile(Path.of(line.get(i + 1)));
                }
            }
            return file;
        }

        @Override
        public JsonNode run(long seed, String more, @Nullable Path rows) {
            List<String> line = new ArrayList<>(List.of("simulate"));
            line.addAll(arguments);
            line.addAll(split(more));
            if (rows != null) {
                line.addAll(List.of("--per-request", rows.toString()));
            }
            line.addAll(List.of("--seed", String.valueOf(seed), "--json", "--quiet"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Ampacity.run(line, Map.of(), out, err, Terminals.NONE);
            if (exitCode != ExitCode.FINE) {
                String told = err.toString(StandardCharsets.UTF_8).strip();
                throw new BadInput(
                        "ampacity " + String.join(" ", line) + "\n  does not run: " + told.replace("ampacity: ", ""),
                        "run it alone first");
            }
            return JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads one side: {@code simulate …} is a line to run, a JSON file with a replay's result is that, and any other
     * word is a plan or scenario to replay.
     */
    static ComparedRun of(String typed) throws IOException {
        List<String> words = split(typed);
        if (words.isEmpty()) {
            throw new BadInput("one side of the comparison is empty", "name a plan, or write 'simulate …' in quotes");
        }
        if (words.getFirst().equals("simulate")) {
            words = words.subList(1, words.size());
            if (words.contains("--seed") || words.stream().anyMatch(word -> word.startsWith("--seed="))) {
                throw new BadInput(
                        "\"" + typed + "\" sets a seed of its own, but both sides share theirs",
                        "leave it out and use --seeds");
            }
            return new Line(typed, List.copyOf(words));
        }
        Path file = Path.of(typed);
        if (typed.endsWith(".json") && Files.isRegularFile(file)) {
            try {
                JsonNode document = JsonMapper.builder().build().readTree(Files.readString(file));
                if (document.has("endToEndSeconds") && document.has("requests")) {
                    return new Written(typed, document);
                }
            } catch (JacksonException noJson) {
                // The reader of plans tells what is wrong.
            }
        }
        return new Line(typed, List.of(typed));
    }

    /** The words of a line, as a shell would take it apart. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inside = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inside = true;
            } else if (Character.isWhitespace(c)) {
                if (inside || !word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inside = false;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new BadInput("\"" + line + "\" opens a quote that it does not close", "add the other one");
        }
        if (inside || !word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}

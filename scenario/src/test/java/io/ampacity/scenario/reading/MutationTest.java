package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ampacity.documents.Issue;
import io.ampacity.facts.Catalogue;
import io.ampacity.testing.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Garbled scenarios end as a scenario or as issues with places, never otherwise, and soon. */
class MutationTest {

    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final String[] SPLINTERS = {
        "NaN",
        ".inf",
        "-",
        "0",
        "-1",
        "1e308",
        "1e999",
        "null",
        "~",
        "[]",
        "{}",
        "''",
        "\"",
        "'",
        "*chat",
        "&chat",
        ": ",
        "\n",
        "\t",
        "#",
        "%",
        "!!",
        "<<: ",
        "99999999999999999999",
        "\u0000",
        "\uD800",
        "\u202E",
        "own",
        "EU",
        "2027-Q9",
        "1,5",
        "MW",
        "- ",
        "? ",
        "| ",
        "> ",
        "---\n",
        "...\n",
        "\\x",
        "@",
        "`",
        "é",
        "𝟙 /s",
        "٣",
        "+",
        "e",
        "0x1p3",
        "1_0"
    };

    @Test
    void mutantsEndAsScenarioOrIssues() throws IOException {
        readMutants(3_000);
    }

    @Test
    @Tag("nightly")
    void twentyThousandMutantsEndAsScenarioOrIssues() throws IOException {
        readMutants(20_000);
    }

    private static void readMutants(int mutants) throws IOException {
        long seed = Seeds.SEED;
        Random random = new Random(seed);
        Catalogue catalogue = SmallCatalogue.catalogue();
        String good = ScenarioReaderTest.good();
        int usable = 0;
        for (int i = 0; i < mutants; i++) {
            String mutant = mutate(good, random);
            long start = System.nanoTime();
            ScenarioReading reading;
            try {
                reading = ScenarioReader.parse("mutant", mutant, catalogue);
            } catch (Throwable thrown) {
                fail("tests.seed=" + seed + ", mutant " + i + ":\n" + mutant, thrown);
                return;
            }
            assertThat(System.nanoTime() - start)
                    .as("seed %d, mutant %d", seed, i)
                    .isLessThan(LONGEST_NANOS);
            boolean wrong = reading.issues().stream().anyMatch(Issue::isError);
            assertThat(reading.isUsable())
                    .as("seed %d, mutant %d:%n%s", seed, i, mutant)
                    .isEqualTo(!wrong);
            for (Issue issue : reading.issues()) {
                boolean placed = issue.place().line() >= 1 && issue.place().column() >= 1;
                if (!placed || issue.problem().isBlank() || issue.toString().length() > 3_000) {
                    fail("tests.seed=" + seed + ", mutant " + i + " has the issue " + issue + "\n" + mutant);
                }
            }
            usable += reading.isUsable() ? 1 : 0;
        }
        assertThat(usable).as("some mutants are harmless, most are not").isBetween(mutants / 100, mutants / 2);
    }

    private static String mutate(String good, Random random) {
        List<String> lines = new ArrayList<>(good.lines().toList());
        int wounds = 1 + random.nextInt(3);
        for (int wound = 0; wound < wounds; wound++) {
            int at = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            switch (random.nextInt(9)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(other));
                case 2 -> Collections.swap(lines, at, other);
                case 3 -> lines.set(at, splice(lines.get(at), SPLINTERS[random.nextInt(SPLINTERS.length)], random));
                case 4 ->
                    lines.set(at, replaceValue(lines.get(at), SPLINTERS[random.nextInt(SPLINTERS.length)], random));
                case 5 -> lines.set(at, " ".repeat(random.nextInt(4)) + lines.get(at));
                case 6 -> lines.set(at, cut(lines.get(at), random));
                case 7 -> lines.set(at, garble(lines.get(at), random));
                default -> {
                    int from = Math.min(at, other);
                    int to = Math.max(at, other);
                    lines.addAll(at, List.copyOf(lines.subList(from, Math.min(to, from + 5))));
                }
            }
            if (lines.isEmpty()) {
                lines.add("");
            }
        }
        return String.join("\n", lines);
    }

    private static String splice(String line, String splinter, Random random) {
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + splinter + line.substring(at);
    }

    private static String replaceValue(String line, String splinter, Random random) {
        List<Integer> colons = new ArrayList<>();
        for (int i = 0; i + 1 < line.length(); i++) {
            if (line.charAt(i) == ':' && line.charAt(i + 1) == ' ') {
                colons.add(i);
            }
        }
        if (colons.isEmpty()) {
            return splinter;
        }
        int colon = colons.get(random.nextInt(colons.size()));
        int end = colon + 2;
        while (end < line.length() && ",}]".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return line.substring(0, colon + 2) + splinter + line.substring(end);
    }

    private static String cut(String line, Random random) {
        int from = random.nextInt(line.length() + 1);
        int to = from + random.nextInt(line.length() - from + 1);
        return line.substring(0, from) + line.substring(to);
    }

    private static String garble(String line, Random random) {
        if (line.isEmpty()) {
            return line;
        }
        StringBuilder garbled = new StringBuilder(line);
        garbled.setCharAt(random.nextInt(line.length()), (char) (32 + random.nextInt(95)));
        return garbled.toString();
    }
}

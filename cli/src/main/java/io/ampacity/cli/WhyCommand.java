package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import io.ampacity.ledger.LedgerException;
import io.ampacity.ledger.RequestLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code ampacity why}: where a request went, and why. */
@Command(
        name = "why",
        description =
                "Tell where a request went and why, from the gateway's journal, or from its ledger when that was carried"
                        + " over; exit code 1 when it is in neither.",
        footerHeading = "%nExample:%n",
        footer = "  ampacity why req_01jd8wq3k0a1b2c3d4e --journal requests.jsonl")
final class WhyCommand extends AbstractAction {

    @Parameters(
            index = "0",
            paramLabel = "REQUEST-ID",
            description = "What the answer's header x-ampacity-request-id said.")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private String id;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            defaultValue = "requests.jsonl",
            description = "The gateway's journal (default: ${DEFAULT-VALUE}).")
    private Path journal = Path.of("requests.jsonl");

    @Mixin
    private LedgerPlace place = new LedgerPlace();

    @Override
    public Integer call() throws IOException {
        JsonNode found = inJournals();
        boolean books = place.isGiven() || place.isThere();
        if (found == null && books) {
            try (Ledger ledger = place.open()) {
                found = RequestLine.of(ledger, id);
            } catch (LedgerException away) {
                throw new BadInput(String.valueOf(away.getMessage()), null);
            }
        }
        if (found == null) {
            output().errors()
                    .println("ampacity: there is no request " + id + " in " + journal
                            + (books ? " or in the ledger " + place : "")
                            + (books
                                    ? ". Maybe it is older than what is kept, or another gateway's"
                                    : ". Maybe it was carried into the ledger; see --ledger"));
            return ExitCode.NO;
        }
        if (output().json()) {
            output().document(found);
        } else {
            print(found);
        }
        return ExitCode.FINE;
    }

    /** Looks in the journal, then in those that it was before. */
    private @Nullable JsonNode inJournals() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(journal) || !(place.isGiven() || place.isThere())) {
            files.add(journal);
        }
        Path folder = journal.toAbsolutePath().getParent();
        Path name = journal.getFileName();
        if (folder != null && name != null && Files.isDirectory(folder)) {
            try (Stream<Path> beside = Files.list(folder)) {
                beside.filter(file -> file.getFileName().toString().startsWith(name + "."))
                        .sorted()
                        .forEach(files::add);
            }
        }
        for (Path file : files) {
            JsonNode found = find(file);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable JsonNode find(Path file) throws IOException {
        String key = "\"id\":\"" + id + "\"";
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(key))
                    .map(WhyCommand::parsed)
                    .filter(request -> request.path("id").asString("").equals(id))
                    .findFirst()
                    .orElse(null);
        } catch (NoSuchFileException gone) {
            if (file.equals(journal)) {
                throw gone;
            }
            // It was carried into the ledger meanwhile.
            return null;
        } catch (UncheckedIOException broken) {
            throw new BadInput(file + " is no journal: it is not UTF-8 text", null);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JsonForm.MAPPER.readTree(line);
        } catch (JacksonException broken) {
            return JsonForm.MAPPER.nullNode();
        }
    }

    private void print(JsonNode request) {
        var text = output().text();
        text.println(
                request.path("id").asString() + ": " + request.path("model").asString() + ", "
                        + request.path("outcome").asString() + " after " + seconds(request.path("seconds"))
                        + (request.path("rescued").asBoolean() ? ", mended under way" : ""));
        int number = 0;
        for (JsonNode attempt : request.path("attempts")) {
            number++;
            text.println("  " + number + ". " + attempt.path("pool").asString() + " at "
                    + seconds(attempt.path("beganSeconds")) + ", because: "
                    + attempt.path("why").asString());
            text.println("     " + attempt.path("outcome").asString() + " after " + seconds(attempt.path("seconds"))
                    + "; tokens in " + known(attempt.path("promptTokens")) + ", out "
                    + known(attempt.path("outputTokens")) + " ("
                    + attempt.path("tokenBasis").asString() + "); USD "
                    + known(attempt.path("costUsd")));
        }
    }

    private static String seconds(JsonNode number) {
        return String.format(Locale.ROOT, "%.3f s", number.asDouble(Double.NaN));
    }

    private static String known(JsonNode number) {
        return number.isNumber() ? number.toString() : "unknown";
    }
}

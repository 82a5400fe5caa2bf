package io.ampacity.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code ampacity why}: where a request went, and why. */
@Command(
        name = "why",
        description =
                "Tell where a request went and why, from the gateway's journal; exit code 1 when it is not in it.",
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

    @Override
    public Integer call() throws IOException {
        JsonNode found = find();
        if (found == null) {
            output().errors()
                    .println("ampacity: there is no request " + id + " in " + journal
                            + ". Maybe it was written to another file; see --journal");
            return ExitCode.NO;
        }
        if (output().json()) {
            output().document(found);
        } else {
            print(found);
        }
        return ExitCode.FINE;
    }

    private @Nullable JsonNode find() throws IOException {
        String key = "\"id\":\"" + id + "\"";
        try (Stream<String> lines = Files.lines(journal, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(key))
                    .map(WhyCommand::parsed)
                    .filter(request -> request.path("id").asString("").equals(id))
                    .findFirst()
                    .orElse(null);
        } catch (UncheckedIOException broken) {
            throw new BadInput(journal + " is no journal: it is not UTF-8 text", null);
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

package io.ampacity.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command line run in this process, with what it said. */
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun of(String... arguments) {
        return in(Map.of(), Terminals.NONE, arguments);
    }

    static CommandLineRun in(Map<String, String> environment, Terminals terminals, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Ampacity.run(List.of(arguments), environment, out, err, terminals);
        return new CommandLineRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as one JSON document; fails when there is anything beside it. */
    JsonNode json() {
        return JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(out);
    }
}

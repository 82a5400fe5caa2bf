package io.ampacity.cli;

import io.ampacity.reports.terminal.Terminal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What the two standard streams can show.
 *
 * @param out of standard output, where results go
 * @param err of standard error, where progress goes
 */
record Terminals(Terminal out, Terminal err) {

    /** Files or pipes. */
    static final Terminals NONE = new Terminals(Terminal.plain(), Terminal.plain());

    /**
     * From the environment.
     *
     * @param streams the standard streams that are terminals, such as {@code out,err}; the launcher knows them for less
     *     than {@link System#console()} costs
     * @param columns of the terminal; 0 when unknown
     * @param charset what the terminal is set to; a file or pipe gets UTF-8, whoever made it
     */
    static Terminals of(Map<String, String> environment, String streams, int columns, Charset charset) {
        List<String> terminals = List.of(streams.split(",", -1));
        return new Terminals(
                of(environment, terminals.contains("out"), columns, charset),
                of(environment, terminals.contains("err"), columns, charset));
    }

    private static Terminal of(Map<String, String> environment, boolean terminal, int columns, Charset charset) {
        return Terminal.of(environment, terminal, terminal ? columns : 0, terminal ? charset : StandardCharsets.UTF_8);
    }
}

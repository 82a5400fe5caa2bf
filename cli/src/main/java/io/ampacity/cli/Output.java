package io.ampacity.cli;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Paper;
import io.ampacity.reports.terminal.Terminal;
import io.ampacity.reports.terminal.TerminalRenderer;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a command speaks: its result goes to standard output, as text or as one JSON document, and progress and warnings
 * to standard error.
 *
 * <p>Text is UTF-8 whatever the locale, as every terminal of today shows it. Not thread-safe.
 */
final class Output {

    private final PipeStream pipe;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminals terminals;
    private boolean json;
    private boolean quiet;

    Output(OutputStream out, OutputStream err, Terminals terminals) {
        this.pipe = new PipeStream(out);
        this.out = new PrintWriter(new OutputStreamWriter(pipe, StandardCharsets.UTF_8));
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.terminals = terminals;
    }

    /** Whether the result is wanted as JSON; then nothing else may go to standard output. */
    boolean json() {
        return json;
    }

    void json(boolean wanted) {
        json = wanted;
    }

    boolean quiet() {
        return quiet;
    }

    void quiet(boolean wanted) {
        quiet = wanted;
    }

    /** What standard output can show. */
    Terminal terminal() {
        return terminals.out();
    }

    /** What standard error can show, for progress. */
    Terminal progressTerminal() {
        return terminals.err();
    }

    /** Standard output for text; buffered. */
    PrintWriter text() {
        return out;
    }

    /** Standard error; each line is flushed. */
    PrintWriter errors() {
        return err;
    }

    /** Writes the result of a command that runs with {@code --json}. To be called once. */
    void document(Object document) {
        out.println(JsonForm.MAPPER.writeValueAsString(document));
    }

    /** The result, in the form that was asked for. */
    void result(Object document, String text) {
        if (json) {
            document(document);
        } else {
            out.println(text);
        }
    }

    /** Writes a paper as text. */
    void paper(Paper paper) {
        out.print(new TerminalRenderer(terminal()).render(paper));
    }

    /** Writes blocks of a paper as text. */
    void blocks(Block... blocks) {
        TerminalRenderer renderer = new TerminalRenderer(terminal());
        for (Block block : blocks) {
            out.print(renderer.render(block));
        }
    }

    /** Tells of long work, unless {@code --quiet}. */
    void progress(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    void warning(String line) {
        err.println("ampacity: warning: " + line);
    }

    /** Sends what is buffered; returns why the result could not be written, or null when it was. */
    @Nullable String finish() {
        out.flush();
        err.flush();
        return pipe.failure();
    }
}

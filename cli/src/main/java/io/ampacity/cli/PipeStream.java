package io.ampacity.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it failed.
 *
 * <p>A reader that has seen enough, such as {@code head}, closes the pipe: no failure. A full disk is one, and a
 * {@link java.io.PrintWriter} alone would swallow it.
 */
final class PipeStream extends OutputStream {

    private final OutputStream target;
    private boolean closed;
    private @Nullable String failure;

    PipeStream(OutputStream target) {
        this.target = target;
    }

    @Nullable String failure() {
        return failure;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            stop(e);
        }
    }

    @Override
    public void flush() {
        if (closed) {
            return;
        }
        try {
            target.flush();
        } catch (IOException e) {
            stop(e);
        }
    }

    private void stop(IOException e) {
        closed = true;
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        if (!reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
            failure = reason;
        }
    }
}

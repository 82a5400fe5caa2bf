package io.ampacity.planner.solver.highs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the solver's own words out of the process's standard output, where scripts expect one document and nothing else: HiGHS
 * prints a line there when it repairs a solution, whatever its options say. While it runs, descriptor 1 is a copy of descriptor
 * 2. Without POSIX nothing happens.
 *
 * <p>Thread-safe; runs may overlap.
 */
final class StandardOutput {

    private static final int OUTPUT = 1;
    private static final int ERROR = 2;

    private static final @Nullable StandardOutput POSIX = bound();

    private final MethodHandle duplicate;
    private final MethodHandle duplicateTo;
    private final MethodHandle close;
    private final MethodHandle flush;
    private int runs;
    private int kept;

    private StandardOutput(MethodHandle duplicate, MethodHandle duplicateTo, MethodHandle close, MethodHandle flush) {
        this.duplicate = duplicate;
        this.duplicateTo = duplicateTo;
        this.close = close;
        this.flush = flush;
    }

    private static @Nullable StandardOutput bound() {
        FunctionDescriptor one = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
        Optional<MethodHandle> dup = function("dup", one);
        Optional<MethodHandle> dup2 = function("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        Optional<MethodHandle> close = function("close", one);
        Optional<MethodHandle> flush = function("fflush", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        return dup.isEmpty() || dup2.isEmpty() || close.isEmpty() || flush.isEmpty()
                ? null
                : new StandardOutput(dup.get(), dup2.get(), close.get(), flush.get());
    }

    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        SymbolLookup library = Linker.nativeLinker().defaultLookup();
        return library.find(name).map(symbol -> Linker.nativeLinker().downcallHandle(symbol, descriptor));
    }

    /** From now on native code that writes to standard output writes to standard error. */
    static void divert() {
        if (POSIX != null) {
            POSIX.begin();
        }
    }

    /** Undoes one {@link #divert()}. */
    static void restore() {
        if (POSIX != null) {
            POSIX.end();
        }
    }

    private synchronized void begin() {
        if (runs++ == 0) {
            flushed();
            kept = called(duplicate, OUTPUT);
            if (kept >= 0) {
                called(duplicateTo, ERROR, OUTPUT);
            }
        }
    }

    private synchronized void end() {
        if (--runs == 0 && kept >= 0) {
            flushed();
            called(duplicateTo, kept, OUTPUT);
            called(close, kept);
        }
    }

    private void flushed() {
        called(flush, MemorySegment.NULL);
    }

    private static int called(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable impossible) {
            throw new IllegalStateException("a function of the C library threw", impossible);
        }
    }
}

package io.ampacity.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The signal HUP, by which services are told to read their settings again. Without anybody who listens it ends a process, and it
 * still does where a terminal is: that terminal was closed then.
 */
final class Hangup implements AutoCloseable {

    // No other module has signals, and the compiler refuses to name this one's.
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final @Nullable Object before;

    private Hangup(@Nullable Object before) {
        this.before = before;
    }

    /** Acts on it from now on, on a thread of its own; does nothing at a terminal, or where there is no such signal. */
    static Hangup on(Output output, Runnable action) {
        if (output.terminal().interactive() || output.progressTerminal().interactive()) {
            return new Hangup(null);
        }
        InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            default -> "reads the settings again";
        };
        try {
            Class<?> handler = Class.forName(HANDLER);
            return new Hangup(
                    handle(Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handler}, calls)));
        } catch (ReflectiveOperationException | IllegalArgumentException | LinkageError absent) {
            return new Hangup(null);
        }
    }

    private static Object handle(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName(SIGNAL);
        return signal.getMethod("handle", signal, Class.forName(HANDLER))
                .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handler);
    }

    /** It means again what it meant before. */
    @Override
    public void close() {
        if (before != null) {
            try {
                handle(before);
            } catch (ReflectiveOperationException gone) {
                throw new IllegalStateException("HUP was taken and cannot be given back", gone);
            }
        }
    }
}

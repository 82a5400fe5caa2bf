package io.ampacity.planner.solver.highs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.SolveOptions.Progress;
import io.ampacity.planner.solver.SolverException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One HiGHS instance and its native memory, from passing a model to reading the answer. Confined to one thread. */
final class HighsSession implements AutoCloseable {

    private static final int ERROR = -1;
    /** The model status of a search that failed in itself. */
    static final int STATUS_SOLVE_ERROR = 4;

    private static final int ROW_WISE = 2;
    private static final int MINIMISE = 1;
    private static final int CALLBACK_MIP_LOGGING = 5;

    private final HighsLibrary library;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment highs;
    private final AtomicReference<@Nullable Throwable> listenerFailure = new AtomicReference<>();

    HighsSession(HighsLibrary library) {
        this.library = library;
        highs = (MemorySegment) called(() -> (MemorySegment) library.create.invokeExact());
        set("output_flag", false);
        // One thread and a fixed seed: the same model gives the same answer.
        set("threads", 1);
        set("parallel", "off");
        set("random_seed", 0);
    }

    @Override
    public void close() {
        called(() -> {
            library.destroy.invokeExact(highs);
            return 0;
        });
        arena.close();
    }

    void set(String option, boolean value) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment name = now.allocateFrom(option);
            require(option, (Integer) called(() -> (int) library.setBool.invokeExact(highs, name, value ? 1 : 0)));
        }
    }

    void set(String option, int value) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment name = now.allocateFrom(option);
            require(option, (Integer) called(() -> (int) library.setInt.invokeExact(highs, name, value)));
        }
    }

    void set(String option, double value) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment name = now.allocateFrom(option);
            require(option, (Integer) called(() -> (int) library.setDouble.invokeExact(highs, name, value)));
        }
    }

    void set(String option, String value) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment name = now.allocateFrom(option);
            MemorySegment text = now.allocateFrom(value);
            require(option, (Integer) called(() -> (int) library.setString.invokeExact(highs, name, text)));
        }
    }

    void pass(LinearModel model) {
        int columns = model.variableCount();
        int rows = model.rowCount();
        LinearModel.Matrix matrix = model.matrix();
        double[] cost = new double[columns];
        double[] lower = new double[columns];
        double[] upper = new double[columns];
        int[] kinds = new int[columns];
        for (int i = 0; i < columns; i++) {
            cost[i] = model.cost(i);
            lower[i] = model.lower(i);
            upper[i] = model.upper(i);
            kinds[i] = model.isInteger(i) ? 1 : 0;
        }
        double[] rowLower = new double[rows];
        double[] rowUpper = new double[rows];
        for (int i = 0; i < rows; i++) {
            rowLower[i] = model.rowLower(i);
            rowUpper[i] = model.rowUpper(i);
        }
        int entries = matrix.indices().length;
        double offset = model.offset();
        try (Arena now = Arena.ofConfined()) {
            MemorySegment c = doubles(now, cost);
            MemorySegment l = doubles(now, lower);
            MemorySegment u = doubles(now, upper);
            MemorySegment rl = doubles(now, rowLower);
            MemorySegment ru = doubles(now, rowUpper);
            MemorySegment starts = ints(now, matrix.starts());
            MemorySegment indices = ints(now, matrix.indices());
            MemorySegment values = doubles(now, matrix.values());
            int status;
            if (model.hasIntegers()) {
                MemorySegment k = ints(now, kinds);
                status = (Integer) called(() -> (int) library.passMip.invokeExact(
                        highs, columns, rows, entries, ROW_WISE, MINIMISE, offset, c, l, u, rl, ru, starts, indices,
                        values, k));
            } else {
                status = (Integer) called(() -> (int) library.passLp.invokeExact(
                        highs, columns, rows, entries, ROW_WISE, MINIMISE, offset, c, l, u, rl, ru, starts, indices,
                        values));
            }
            require("the model", status);
        }
    }

    /** Offers values to start from; those that are NaN are left to the solver. */
    void start(double[] values) {
        int known = 0;
        int[] indices = new int[values.length];
        double[] given = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                indices[known] = i;
                given[known++] = values[i];
            }
        }
        int count = known;
        try (Arena now = Arena.ofConfined()) {
            MemorySegment which = ints(now, indices);
            MemorySegment what = doubles(now, given);
            require("the start", (Integer)
                    called(() -> (int) library.setSparseSolution.invokeExact(highs, count, which, what)));
        }
    }

    /** Tells a listener of the search; whatever it throws is kept from the native caller. */
    void listen(Progress progress) {
        // Without output HiGHS reports nothing; with it, only the console must be kept out.
        set("log_to_console", false);
        set("output_flag", true);
        Listener listener = new Listener(
                library,
                progress,
                arena.allocateFrom("running_time"),
                arena.allocateFrom("mip_primal_bound"),
                arena.allocateFrom("mip_dual_bound"),
                listenerFailure);
        MemorySegment stub = Linker.nativeLinker()
                .upcallStub(
                        Listener.HANDLE.bindTo(listener),
                        FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
                        arena);
        require("a callback", (Integer)
                called(() -> (int) library.setCallback.invokeExact(highs, stub, MemorySegment.NULL)));
        require("a callback", (Integer)
                called(() -> (int) library.startCallback.invokeExact(highs, CALLBACK_MIP_LOGGING)));
    }

    /** Limits the next run; HiGHS counts all runs of an instance together, so its clocks go back to zero first. */
    void stopIn(double seconds) {
        require("clocks at zero", (Integer) called(() -> (int) library.zeroAllClocks.invokeExact(highs)));
        set("time_limit", seconds);
    }

    /** Runs and returns the model status, a constant of the HiGHS interface. */
    int run() {
        StandardOutput.divert();
        int status;
        try {
            status = (Integer) called(() -> (int) library.run.invokeExact(highs));
        } finally {
            StandardOutput.restore();
        }
        Throwable failure = listenerFailure.get();
        if (failure != null) {
            throw new SolverException("the listener of the search failed: " + failure, failure);
        }
        int ended = (Integer) called(() -> (int) library.modelStatus.invokeExact(highs));
        return status == ERROR ? STATUS_SOLVE_ERROR : ended;
    }

    double info(String name) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment text = now.allocateFrom(name);
            MemorySegment value = now.allocate(JAVA_DOUBLE);
            require(name, (Integer) called(() -> (int) library.doubleInfo.invokeExact(highs, text, value)));
            return value.get(JAVA_DOUBLE, 0);
        }
    }

    int infoInt(String name) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment text = now.allocateFrom(name);
            MemorySegment value = now.allocate(JAVA_INT);
            require(name, (Integer) called(() -> (int) library.intInfo.invokeExact(highs, text, value)));
            return value.get(JAVA_INT, 0);
        }
    }

    /** The vectors of an answer. */
    @SuppressWarnings("ArrayRecordComponent") // read once
    record Vectors(double[] values, double[] reducedCosts, double[] duals) {}

    Vectors vectors(int columns, int rows) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment values = now.allocate(JAVA_DOUBLE, Math.max(1, columns));
            MemorySegment reduced = now.allocate(JAVA_DOUBLE, Math.max(1, columns));
            MemorySegment rowValues = now.allocate(JAVA_DOUBLE, Math.max(1, rows));
            MemorySegment duals = now.allocate(JAVA_DOUBLE, Math.max(1, rows));
            require("the answer", (Integer)
                    called(() -> (int) library.solution.invokeExact(highs, values, reduced, rowValues, duals)));
            return new Vectors(read(values, columns), read(reduced, columns), read(duals, rows));
        }
    }

    /** Forgets basis and answers; the model stays. */
    void forget() {
        require("to forget", (Integer) called(() -> (int) library.clearSolver.invokeExact(highs)));
    }

    /** Replaces the bounds of rows, which need be in ascending order. */
    void boundRows(int[] rows, double[] lower, double[] upper) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment set = now.allocateFrom(JAVA_INT, rows);
            MemorySegment low = now.allocateFrom(JAVA_DOUBLE, lower);
            MemorySegment high = now.allocateFrom(JAVA_DOUBLE, upper);
            int count = rows.length;
            require("bounds of rows", (Integer)
                    called(() -> (int) library.changeRowBounds.invokeExact(highs, count, set, low, high)));
        }
    }

    void addRow(double lower, double upper, int[] variables, double[] coefficients) {
        try (Arena now = Arena.ofConfined()) {
            MemorySegment indices = now.allocateFrom(JAVA_INT, variables);
            MemorySegment values = now.allocateFrom(JAVA_DOUBLE, coefficients);
            int count = variables.length;
            require("a row", (Integer)
                    called(() -> (int) library.addRow.invokeExact(highs, lower, upper, count, indices, values)));
        }
    }

    private static double[] read(MemorySegment segment, int count) {
        return segment.asSlice(0, (long) count * Double.BYTES).toArray(JAVA_DOUBLE);
    }

    private static MemorySegment doubles(Arena arena, double[] values) {
        return values.length == 0 ? arena.allocate(JAVA_DOUBLE) : arena.allocateFrom(JAVA_DOUBLE, values);
    }

    private static MemorySegment ints(Arena arena, int[] values) {
        return values.length == 0 ? arena.allocate(JAVA_INT) : arena.allocateFrom(JAVA_INT, values);
    }

    private static void require(String what, int status) {
        if (status == ERROR) {
            throw new SolverException("HiGHS refused " + what);
        }
    }

    @FunctionalInterface
    private interface NativeCall {
        Object invoke() throws Throwable;
    }

    private static Object called(NativeCall call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error passedOn) {
            throw passedOn;
        } catch (Throwable failed) {
            throw new SolverException("a call into HiGHS failed: " + failed, failed);
        }
    }

    /** Receives callbacks. An exception that left it would end the process, so none does. */
    record Listener(
            HighsLibrary library,
            Progress progress,
            MemorySegment time,
            MemorySegment best,
            MemorySegment bound,
            AtomicReference<@Nullable Throwable> failure) {

        static final MethodHandle HANDLE = handle();

        private static MethodHandle handle() {
            try {
                return MethodHandles.lookup()
                        .findVirtual(
                                Listener.class,
                                "called",
                                MethodType.methodType(
                                        void.class,
                                        int.class,
                                        MemorySegment.class,
                                        MemorySegment.class,
                                        MemorySegment.class,
                                        MemorySegment.class));
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @SuppressWarnings("unused") // called from native code
        void called(int kind, MemorySegment message, MemorySegment out, MemorySegment in, MemorySegment user) {
            try {
                if (kind == CALLBACK_MIP_LOGGING) {
                    progress.report(item(out, time), item(out, best), item(out, bound));
                }
            } catch (Throwable kept) {
                failure.compareAndSet(null, kept);
            }
        }

        private double item(MemorySegment out, MemorySegment name) throws Throwable {
            MemorySegment place = (MemorySegment) library.callbackItem.invokeExact(out, name);
            return place.address() == 0
                    ? Double.NaN
                    : place.reinterpret(Double.BYTES).get(JAVA_DOUBLE, 0);
        }
    }
}

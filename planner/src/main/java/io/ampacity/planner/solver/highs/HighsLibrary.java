package io.ampacity.planner.solver.highs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ampacity.planner.solver.SolverException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The functions of the HiGHS C interface that are used here, bound once a process.
 *
 * <p>Integers are 32 bits wide, as in every build that OR-Tools ships; a library with wider ones is refused.
 */
final class HighsLibrary {

    private static final class Loaded {
        static final HighsLibrary LIBRARY = new HighsLibrary(HighsLibraryFile.locate(System.getenv()));
    }

    private final SymbolLookup symbols;
    private final Path file;

    final MethodHandle create;
    final MethodHandle destroy;
    final MethodHandle passMip;
    final MethodHandle passLp;
    final MethodHandle run;
    final MethodHandle modelStatus;
    final MethodHandle solution;
    final MethodHandle doubleInfo;
    final MethodHandle intInfo;
    final MethodHandle setBool;
    final MethodHandle setInt;
    final MethodHandle setDouble;
    final MethodHandle setString;
    final MethodHandle setSparseSolution;
    final MethodHandle setCallback;
    final MethodHandle startCallback;
    final MethodHandle callbackItem;
    final MethodHandle changeRowBounds;
    final MethodHandle addRow;
    final MethodHandle clearSolver;
    final MethodHandle zeroAllClocks;

    private HighsLibrary(Path file) {
        this.file = file;
        try {
            symbols = SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException | UnsatisfiedLinkError refused) {
            throw new SolverException(
                    "the HiGHS solver " + file + " cannot be loaded: " + refused.getMessage()
                            + ". Maybe the C++ runtime (libstdc++) is missing, or the folder is mounted noexec: "
                            + "set AMPACITY_CACHE to another folder",
                    refused);
        }
        create = bind("Highs_create", FunctionDescriptor.of(ADDRESS));
        destroy = bind("Highs_destroy", FunctionDescriptor.ofVoid(ADDRESS));
        passLp = bind("Highs_passLp", passing(false));
        passMip = bind("Highs_passMip", passing(true));
        run = bind("Highs_run", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        modelStatus = bind("Highs_getModelStatus", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        solution =
                bind("Highs_getSolution", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        FunctionDescriptor named = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
        doubleInfo = bind("Highs_getDoubleInfoValue", named);
        intInfo = bind("Highs_getIntInfoValue", named);
        setBool = bind("Highs_setBoolOptionValue", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        setInt = bind("Highs_setIntOptionValue", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        setDouble = bind("Highs_setDoubleOptionValue", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_DOUBLE));
        setString = bind("Highs_setStringOptionValue", named);
        setSparseSolution =
                bind("Highs_setSparseSolution", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
        setCallback = bind("Highs_setCallback", named);
        startCallback = bind("Highs_startCallback", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        callbackItem = bind("Highs_getCallbackDataOutItem", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        changeRowBounds = bind(
                "Highs_changeRowsBoundsBySet",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        addRow = bind(
                "Highs_addRow",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_DOUBLE, JAVA_DOUBLE, JAVA_INT, ADDRESS, ADDRESS));
        clearSolver = bind("Highs_clearSolver", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        zeroAllClocks = bind("Highs_zeroAllClocks", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        requireNarrowIntegers();
    }

    /**
     * The library of this process.
     *
     * @throws SolverException when it cannot be found or loaded
     */
    static HighsLibrary load() {
        try {
            return Loaded.LIBRARY;
        } catch (ExceptionInInitializerError failed) {
            if (failed.getCause() instanceof SolverException cause) {
                throw cause;
            }
            throw failed;
        } catch (NoClassDefFoundError again) {
            throw new SolverException("the HiGHS solver could not be loaded earlier in this process", again);
        }
    }

    private static FunctionDescriptor passing(boolean integers) {
        // highs, columns, rows, entries, format, sense, offset, then arrays
        FunctionDescriptor scalars =
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_DOUBLE);
        MemoryLayout[] arrays = new MemoryLayout[integers ? 9 : 8];
        java.util.Arrays.fill(arrays, ADDRESS);
        return scalars.appendArgumentLayouts(arrays);
    }

    private MethodHandle bind(String name, FunctionDescriptor descriptor) {
        MemorySegment symbol = symbols.find(name)
                .orElseThrow(() -> new SolverException("the library " + file + " has no function " + name
                        + ". Maybe AMPACITY_HIGHS names something else than HiGHS 1.10 or later"));
        return Linker.nativeLinker().downcallHandle(symbol, descriptor);
    }

    private void requireNarrowIntegers() {
        MethodHandle size = bind("Highs_getSizeofHighsInt", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        try {
            MemorySegment highs = (MemorySegment) create.invokeExact();
            int bytes = (int) size.invokeExact(highs);
            destroy.invokeExact(highs);
            if (bytes != Integer.BYTES) {
                throw new SolverException("the library " + file + " counts with integers of " + bytes
                        + " bytes, not 4. Maybe name a plain build of HiGHS in AMPACITY_HIGHS");
            }
        } catch (RuntimeException | Error passedOn) {
            throw passedOn;
        } catch (Throwable impossible) {
            throw new SolverException("HiGHS cannot be called", impossible);
        }
    }
}

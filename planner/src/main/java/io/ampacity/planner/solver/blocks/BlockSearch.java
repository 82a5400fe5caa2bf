package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.Certificate;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.LinearSum;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import io.ampacity.planner.solver.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers large models whose blocks (futures and periods) are held together by few binding variables (orders).
 *
 * <p><b>Bound.</b> The relaxation is solved by cutting planes (Benders 1962; van Slyke and Wets 1969): a small model of the binding
 * variables learns, from the duals of each block, what its choices cost the blocks. Each round asks at a point between the
 * best point so far and where the small model wants to go (in-out separation, Ben-Ameur and Neto 2007), which keeps the
 * rounds few. The small model's optimum is a lower bound on every answer, whole or not.
 *
 * <p><b>Answer.</b> Binding variables are made whole, and each block is then searched by itself: first all of them briefly, then
 * those again that stay furthest above their relaxation.
 *
 * <p>Blocks are shared out over threads by their number and each keeps its own solver, so the answer is the same on any
 * number of threads, unless time runs out.
 */
public final class BlockSearch implements AutoCloseable {

    /** A row of a block gives way at so many times the dearest cost in the block. */
    private static final double PRICE = 30;

    private static final int FIRST_NODES = 1;
    private static final int PASSES = 3;
    /** With so much room the whole block is searched. */
    private static final int WIDEST = 3;

    private final Solver solver;
    private final LinearModel whole;
    private final BlockStructure structure;
    private final boolean[] needless;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final @Nullable RelaxedBlock[] relaxed;
    private final List<Block> blocks;
    private final int[] all;
    private final long started = System.nanoTime();
    /** The nearest whole orders may break a quota that each of them keeps; fewer keep it, and more serve what fewer cannot. */
    private static final List<DoubleUnaryOperator> ROUNDINGS =
            List.of(Math::rint, value -> Math.floor(value + 1e-6), value -> Math.ceil(value - 1e-6));

    private final SolveOptions options;
    private final int groupSize;

    /**
     * Prepares.
     *
     * @param groupSize blocks in a row that make one future
     * @param blockOf by variable its block from 0; -1 for a binding variable
     * @param needless by variable whether the relaxation is as good without it
     */
    public BlockSearch(
            Solver solver,
            LinearModel whole,
            int[] blockOf,
            boolean[] needless,
            int groupSize,
            int threads,
            SolveOptions options) {
        this.solver = solver;
        this.whole = whole;
        this.needless = needless;
        this.options = options;
        this.groupSize = groupSize;
        this.structure = new BlockStructure(whole, blockOf);
        this.blocks = structure.blocks();
        this.all = IntStream.range(0, blocks.size()).toArray();
        this.relaxed = new @Nullable RelaxedBlock[blocks.size()];
        for (int t = 0; t < Math.max(1, threads); t++) {
            this.threads.add(Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "blocks");
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    /**
     * An answer, and what its limits are worth.
     *
     * @param duals of the rows of the whole model at the relaxation
     * @param relaxed values of the relaxation, by variable of the whole model
     */
    @SuppressWarnings("ArrayRecordComponent") // tables, never compared
    public record Found(MixedIntegerSolution solution, double[] duals, double[] relaxed) {}

    /** Finds a good answer and proves how good. Undecided when the blocks have none for the orders that were tried. */
    public Found solve() {
        Bounded bounded = bounded(options.timeLimitSeconds() * 0.6);
        // Prices are those of the relaxation at its best point.
        cuts(all, bounded.binding());
        List<double[]> blockValues = inParallel(all, b -> relaxed(b).lastValues());
        List<double[]> blockDuals = inParallel(all, b -> relaxed(b).lastDuals());
        double[] duals = structure.joinedDuals(bounded.duals(), blockDuals);
        double[] relaxedValues = structure.joined(bounded.binding(), blockValues);
        Start start = null;
        for (DoubleUnaryOperator rounding : ROUNDINGS) {
            start = started(whole(bounded.binding(), rounding));
            if (start != null) {
                break;
            }
        }
        if (start == null) {
            MixedIntegerSolution none =
                    new MixedIntegerSolution(Outcome.UNDECIDED, Double.NaN, bounded.bound(), new double[0]);
            return new Found(none, duals, relaxedValues);
        }
        double[] binding = start.binding();
        double[] costs = start.costs();
        double fixed = start.fixed();
        List<MixedIntegerSolution> found = start.found();
        improve(binding, found, costs, fixed, bounded.bound());
        double[] joined = structure.joined(
                binding, found.stream().map(MixedIntegerSolution::values).toList());
        double objective = CuttingPlanes.value(whole, joined);
        double bound = Math.min(bounded.bound(), objective);
        boolean close = objective - bound <= options.relativeGap() * Math.abs(objective);
        MixedIntegerSolution solution =
                new MixedIntegerSolution(close ? Outcome.OPTIMAL : Outcome.FEASIBLE, objective, bound, joined);
        Certificate.of(whole, solution).require("the search by blocks");
        return new Found(solution, duals, relaxedValues);
    }

    /**
     * A first answer of all blocks.
     *
     * @param binding the orders that they follow
     * @param costs of the relaxed blocks under these orders
     * @param fixed cost of the orders themselves
     */
    @SuppressWarnings("ArrayRecordComponent") // tables, never compared
    private record Start(double[] binding, double[] costs, double fixed, List<MixedIntegerSolution> found) {}

    /** The first answers under given orders; null when there are no orders, or a block finds nothing under them. */
    private @Nullable Start started(double[] binding) {
        if (binding.length == 0 && structure.binding().variableCount() > 0) {
            return null;
        }
        double[] costs = costs(binding);
        double fixed = CuttingPlanes.value(structure.binding(), binding);
        double allowed = allowed(fixed + Arrays.stream(costs).sum());
        List<MixedIntegerSolution> found =
                new ArrayList<>(inParallel(all, b -> firstSearched(b, binding, allowed / costs[b])));
        return found.stream().allMatch(MixedIntegerSolution::hasValues)
                ? new Start(binding, costs, fixed, found)
                : null;
    }

    /** What the whole numbers of one block may cost, when all are to stay within the gap together. */
    private double allowed(double objective) {
        return options.relativeGap() / 2 * objective / blocks.size();
    }

    /** Searches those blocks longer that stay furthest above their relaxation, while there is need and time. */
    private void improve(
            double[] binding, List<MixedIntegerSolution> found, double[] costs, double fixed, double bound) {
        for (int pass = 0; pass < PASSES; pass++) {
            double objective = fixed
                    + found.stream()
                            .mapToDouble(MixedIntegerSolution::objective)
                            .sum();
            if (objective - bound <= options.relativeGap() * objective || secondsLeft() < 1) {
                return;
            }
            int[] worst = IntStream.range(0, blocks.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            b -> costs[b] - found.get(b).objective()))
                    .limit(Math.max(1, blocks.size() / 2))
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            double less = allowed(objective) / (2 << pass);
            int nodes = FIRST_NODES << (3 * (pass + 1));
            int room = pass + 1;
            List<MixedIntegerSolution> again = inParallel(
                    worst,
                    b -> secondsLeft() > 0.5 ? searched(b, binding, less / costs[b], nodes, room) : found.get(b));
            for (int i = 0; i < worst.length; i++) {
                MixedIntegerSolution answer = again.get(i);
                if (answer.hasValues()
                        && answer.objective() < found.get(worst[i]).objective()) {
                    found.set(worst[i], answer);
                }
            }
        }
    }

    private double secondsLeft() {
        return options.timeLimitSeconds() - seconds();
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** The nearest whole point that keeps the rows among binding variables, such as those of projects; empty when none is found. */
    private double[] whole(double[] binding, DoubleUnaryOperator rounding) {
        double[] rounded = rounded(binding, rounding);
        LinearModel model = structure.binding();
        boolean keeps = true;
        for (int row = 0; row < model.rowCount(); row++) {
            double sum = 0;
            for (int k = 0; k < model.rowIndices(row).length; k++) {
                sum += model.rowCoefficients(row)[k] * rounded[model.rowIndices(row)[k]];
            }
            keeps &= sum >= model.rowLower(row) - 1e-7 && sum <= model.rowUpper(row) + 1e-7;
        }
        if (keeps) {
            return rounded;
        }
        LinearModel near = new LinearModel();
        for (Variable variable : model.variables()) {
            int i = variable.index();
            if (model.isInteger(i)) {
                near.integer(variable.name(), model.lower(i), model.upper(i));
            } else {
                near.continuous(variable.name(), model.lower(i), model.upper(i));
            }
        }
        for (int row = 0; row < model.rowCount(); row++) {
            LinearSum sum = new LinearSum();
            for (int k = 0; k < model.rowIndices(row).length; k++) {
                sum.plus(model.rowCoefficients(row)[k], near.variables().get(model.rowIndices(row)[k]));
            }
            near.between("row" + row, model.rowLower(row), sum, model.rowUpper(row));
        }
        for (int i = 0; i < binding.length; i++) {
            // Projects are yes or no and carry the rest: to turn one round is as far as to move many orders.
            double weight = model.upper(i) - model.lower(i) <= 1 ? 100 : 1;
            Variable off = near.continuous("off" + i, 0, Double.POSITIVE_INFINITY);
            LinearSum above = LinearSum.of(1, near.variables().get(i));
            near.atMost("above" + i, above.plus(-1, off), binding[i]);
            near.atLeast("below" + i, LinearSum.of(1, near.variables().get(i)).plus(1, off), binding[i]);
            near.minimise(LinearSum.of(weight, off));
        }
        MixedIntegerSolution found =
                solver.solve(near, SolveOptions.withGap(0.01, Math.max(1, Math.min(10, secondsLeft()))));
        return found.hasValues() ? Arrays.copyOf(found.values(), binding.length) : new double[0];
    }

    private double[] rounded(double[] binding, DoubleUnaryOperator rounding) {
        double[] rounded = binding.clone();
        for (int i = 0; i < rounded.length; i++) {
            if (structure.binding().isInteger(i)) {
                rounded[i] = rounding.applyAsDouble(binding[i]);
            }
        }
        return rounded;
    }

    /** Searches a block ever further from its relaxation until there is an answer. */
    private MixedIntegerSolution firstSearched(int b, double[] binding, double gap) {
        MixedIntegerSolution found = searched(b, binding, gap, FIRST_NODES, 0);
        for (int room = 1; room <= WIDEST && !found.hasValues(); room++) {
            found = searched(b, binding, gap, room == WIDEST ? Integer.MAX_VALUE : FIRST_NODES, room);
        }
        return found;
    }

    /**
     * Searches a block near the last answer of its relaxation: what that leaves at 0 stays there, the rest may move by
     * {@code room} beyond its next whole numbers. A whole answer far from the relaxed one is seldom good, and the search
     * is short with nine of ten variables gone.
     */
    private MixedIntegerSolution searched(int b, double[] binding, double gap, int nodes, int room) {
        Block block = blocks.get(b);
        LinearModel model = block.linear().copy();
        for (int row : block.boundRows()) {
            double shift = block.shift(row, binding);
            model.bound(model.rows().get(row), model.rowLower(row) - shift, model.rowUpper(row) - shift);
        }
        double[] near = relaxed(b).lastValues();
        for (int i = 0; i < near.length; i++) {
            if (model.isInteger(i) && relaxed(b).follows(i) && room < WIDEST) {
                double low = near[i] < 1e-6 ? 0 : Math.floor(near[i] + 1e-6) - room;
                double high = near[i] < 1e-6 ? 0 : Math.ceil(near[i] - 1e-6) + room;
                model.bound(
                        model.variables().get(i),
                        Math.max(model.lower(i), low),
                        Math.max(model.lower(i), Math.min(model.upper(i), high)));
            }
        }
        double most = Math.max(0.5, Math.min(10, secondsLeft()));
        MixedIntegerSolution found =
                solver.solve(model, SolveOptions.withGap(Math.min(gap, 1), most).withNodeLimit(nodes));
        return found;
    }

    private RelaxedBlock relaxed(int b) {
        RelaxedBlock known = relaxed[b];
        if (known == null) {
            boolean[] mine = new boolean[blocks.get(b).variables().length];
            for (int i = 0; i < mine.length; i++) {
                mine[i] = needless[blocks.get(b).variables()[i]];
            }
            known = new RelaxedBlock(blocks.get(b), mine, solver, PRICE);
            relaxed[b] = known;
        }
        return known;
    }

    private RelaxedBlock.Cut at(int b, double[] binding) {
        return relaxed(b).at(binding);
    }

    /**
     * Bounds all blocks together. Before that, one group of blocks (a future) that is neither the cheapest nor the dearest is
     * bounded as if it stood for all: its orders are a good point to start from, and what was learnt of it stays true.
     */
    private Bounded bounded(double secondsMost) {
        double tolerance = Math.max(options.relativeGap() / 8, 1e-7);
        double[] nothing = new double[structure.binding().variableCount()];
        double[] start = nothing;
        List<List<RelaxedBlock.Cut>> learnt = new ArrayList<>();
        for (int b = 0; b < blocks.size(); b++) {
            learnt.add(new ArrayList<>());
        }
        int groups = blocks.size() / groupSize;
        if (groups > 2) {
            double[] costs = costs(nothing);
            Integer[] order = new Integer[groups];
            Arrays.setAll(order, g -> g);
            Arrays.sort(order, Comparator.comparingDouble(g -> sum(costs, g * groupSize, (g + 1) * groupSize)));
            int middle = order[groups / 2];
            int[] some = IntStream.range(middle * groupSize, (middle + 1) * groupSize)
                    .toArray();
            try (CuttingPlanes planes = new CuttingPlanes(solver, structure, some, groups, learnt, null)) {
                start = planes.solve(this::cuts, tolerance, () -> seconds() > secondsMost / 3)
                        .binding();
            }
        }
        try (CuttingPlanes planes = new CuttingPlanes(solver, structure, all, 1, learnt, groups > 2 ? start : null)) {
            return planes.solve(this::cuts, tolerance, () -> seconds() > secondsMost);
        }
    }

    /** Costs of all relaxed blocks at a point. */
    private double[] costs(double[] point) {
        return cuts(all, point).stream().mapToDouble(RelaxedBlock.Cut::value).toArray();
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** The cuts of some blocks at a point. */
    private List<RelaxedBlock.Cut> cuts(int[] some, double[] point) {
        return inParallel(some, b -> at(b, point));
    }

    /** Runs a task for some blocks, ascending, each on the thread of the block; answers in their order. */
    private <T> List<T> inParallel(int[] some, IntFunction<T> task) {
        List<Future<Map<Integer, T>>> running = new ArrayList<>();
        int count = threads.size();
        for (int t = 0; t < count; t++) {
            int mine = t;
            running.add(threads.get(t).submit(() -> {
                Map<Integer, T> done = new HashMap<>();
                for (int b : some) {
                    if (b % count == mine) {
                        done.put(b, task.apply(b));
                    }
                }
                return done;
            }));
        }
        Map<Integer, T> together = new TreeMap<>();
        try {
            for (Future<Map<Integer, T>> each : running) {
                together.putAll(each.get());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SolverException("the search was interrupted", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SolverException cause) {
                throw cause;
            }
            throw new SolverException("a block could not be solved: " + failed.getCause(), failed);
        }
        return new ArrayList<>(together.values());
    }

    @Override
    public void close() {
        for (int t = 0; t < threads.size(); t++) {
            int first = t;
            threads.get(t).execute(() -> {
                for (int b = first; b < relaxed.length; b += threads.size()) {
                    RelaxedBlock block = relaxed[b];
                    if (block != null) {
                        block.close();
                    }
                }
            });
            threads.get(t).close();
        }
    }
}

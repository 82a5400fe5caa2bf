package io.ampacity.planner.solver.blocks;

import io.ampacity.planner.solver.Certificate;
import io.ampacity.planner.solver.Deadline;
import io.ampacity.planner.solver.LinearModel;
import io.ampacity.planner.solver.MixedIntegerSolution;
import io.ampacity.planner.solver.Outcome;
import io.ampacity.planner.solver.SolveOptions;
import io.ampacity.planner.solver.SolveOptions.Progress;
import io.ampacity.planner.solver.Solver;
import io.ampacity.planner.solver.SolverException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
 * <p><b>Answer.</b> Binding variables are made whole, and changed where a block then keeps its rows not even in fractions. Each
 * block is then searched by itself: first all of them briefly, then those again that stay furthest above their relaxation.
 *
 * <p>Blocks are shared out over threads by their number and each keeps its own solver, so the answer is the same on any
 * number of threads, unless time runs out.
 */
public final class BlockSearch implements AutoCloseable {

    /** A row of a block gives way at so many times the dearest cost in the block. */
    private static final double PRICE = 30;

    private static final int FIRST_NODES = 1;
    private static final int PASSES = 3;
    /** Part of the time left that goes into the bound, and of that into a first guess by one future. */
    private static final double BOUNDING = 0.55;

    private static final double GUESSING = 0.33;
    /** How often orders are changed for blocks that find no answer under them. */
    private static final int REPAIRS = 2;
    /** One block may take so many times its even part of the time left. */
    private static final double UNEVEN = 1.3;

    /** What a relaxed block may give way by and still count as keeping its rows. */
    private static final double GIVEN = 1e-6;

    private static final MixedIntegerSolution NOTHING =
            new MixedIntegerSolution(Outcome.INFEASIBLE, Double.NaN, Double.NaN, new double[0]);
    private static final MixedIntegerSolution SKIPPED =
            new MixedIntegerSolution(Outcome.FEASIBLE, Double.NaN, Double.NaN, new double[0]);
    private static final double BLOCK_SECONDS = 10;
    private static final double LEAST_SECONDS = 0.5;
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
    private final Deadline deadline;
    /**
     * Fewer orders first: they keep every quota that the fractions kept, and what they lack is rented in small steps. The
     * nearest and more serve where nothing can be rented.
     */
    private static final List<DoubleUnaryOperator> ROUNDINGS =
            List.of(value -> Math.floor(value + 1e-6), Math::rint, value -> Math.ceil(value - 1e-6));

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
        this.deadline = Deadline.in(options.timeLimitSeconds());
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

    /**
     * Finds a good answer and proves how good. Undecided when the blocks have none for the orders that were tried, or time
     * ran out before all of them had one.
     */
    public Found solve() {
        Bounded bounded = bounded(deadline.part(BOUNDING));
        // Prices are those of the relaxation at its best point.
        cuts(all, bounded.binding(), deadline.part(BOUNDING));
        List<double[]> blockValues = inParallel(all, b -> relaxed(b).lastValues());
        List<double[]> blockDuals = inParallel(all, b -> relaxed(b).lastDuals());
        double[] duals = structure.joinedDuals(bounded.duals(), blockDuals);
        double[] relaxedValues = structure.joined(bounded.binding(), blockValues);
        tell(Double.POSITIVE_INFINITY, bounded.bound());
        Start start = started(bounded.binding());
        if (start == null) {
            MixedIntegerSolution none =
                    new MixedIntegerSolution(Outcome.UNDECIDED, Double.NaN, bounded.bound(), new double[0]);
            return new Found(none, duals, relaxedValues);
        }
        List<MixedIntegerSolution> found = start.found();
        improve(start.binding(), found, start.costs(), start.fixed(), bounded.bound());
        double[] joined = structure.joined(
                start.binding(),
                found.stream().map(MixedIntegerSolution::values).toList());
        double objective = whole.objective(joined);
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
     * @param costs of the relaxed blocks under these orders; NaN where unknown
     * @param fixed cost of the orders themselves
     */
    @SuppressWarnings("ArrayRecordComponent") // tables, never compared
    private record Start(double[] binding, double[] costs, double fixed, List<MixedIntegerSolution> found) {

        /** Blocks that have no answer. */
        int[] without() {
            return IntStream.range(0, found.size())
                    .filter(b -> !found.get(b).hasValues())
                    .toArray();
        }
    }

    /** The first answer that some way of making orders whole leads to; null when none does. */
    private @Nullable Start started(double[] relaxedOrders) {
        WholeOrders orders = new WholeOrders(solver, structure.binding());
        for (DoubleUnaryOperator rounding : ROUNDINGS) {
            double[] binding = orders.of(relaxedOrders, rounding, deadline);
            for (int repair = 0; binding != null && repair <= REPAIRS && !deadline.isOver(); repair++) {
                Start start = startedAt(binding);
                int[] without = start.without();
                if (without.length == 0) {
                    return start;
                }
                binding = repair == REPAIRS ? null : repaired(orders, binding, without);
            }
        }
        return null;
    }

    /** Orders changed as blocks without an answer want them; null when such a block has none under any orders. */
    private double @Nullable [] repaired(WholeOrders orders, double[] binding, int[] without) {
        Map<Integer, Double> changes = new TreeMap<>();
        for (Optional<Map<Integer, Double>> wanted :
                inParallel(without, b -> Optional.ofNullable(orders.wantedBy(blocks.get(b), binding, deadline)))) {
            if (wanted.isEmpty()) {
                return null;
            }
            // More for one block counts before less for another.
            wanted.get().forEach((index, more) -> changes.merge(index, more, BlockSearch::stronger));
        }
        double[] changed = binding.clone();
        changes.forEach((index, more) -> changed[index] += more);
        return Arrays.equals(changed, binding) ? null : orders.of(changed, Math::rint, deadline);
    }

    private static double stronger(double one, double other) {
        return one > 0 || other > 0 ? Math.max(one, other) : Math.min(one, other);
    }

    /** What blocks answer first under given orders; some of them perhaps nothing. */
    private Start startedAt(double[] binding) {
        double[] costs = new double[blocks.size()];
        boolean[] given = new boolean[blocks.size()];
        List<RelaxedBlock.@Nullable Cut> cuts = cuts(all, binding, deadline.part(BOUNDING));
        for (int b = 0; b < costs.length; b++) {
            RelaxedBlock.Cut cut = cuts.get(b);
            costs[b] = cut == null ? Double.NaN : cut.value();
            given[b] = cut != null && cut.given() > GIVEN;
        }
        double fixed = structure.binding().objective(binding);
        double known = fixed;
        for (double cost : costs) {
            known += Double.isNaN(cost) ? 0 : cost;
        }
        double allowed = allowed(known);
        AtomicInteger waiting = new AtomicInteger(blocks.size());
        // Where not even fractions keep all rows there is nothing to search, nor need others be before that is mended.
        if (IntStream.range(0, given.length).anyMatch(b -> given[b])) {
            List<MixedIntegerSolution> none = new ArrayList<>();
            for (int b = 0; b < given.length; b++) {
                none.add(given[b] ? NOTHING : SKIPPED);
            }
            return new Start(binding, costs, fixed, none);
        }
        List<MixedIntegerSolution> found = new ArrayList<>(inParallel(all, b -> {
            double even = deadline.secondsLeft() * threads.size() / waiting.getAndDecrement();
            return firstSearched(b, binding, gap(allowed, costs[b]), deadline.orIn(UNEVEN * even));
        }));
        return new Start(binding, costs, fixed, found);
    }

    private static double gap(double allowed, double cost) {
        return cost > 0 ? Math.min(1, allowed / cost) : 1;
    }

    private void tell(double best, double bound) {
        Progress progress = options.progress();
        if (progress != null) {
            progress.report(options.timeLimitSeconds() - deadline.secondsLeft(), best, bound);
        }
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
            tell(objective, bound);
            if (objective - bound <= options.relativeGap() * objective || deadline.secondsLeft() < LEAST_SECONDS) {
                return;
            }
            int[] worst = IntStream.range(0, blocks.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(b -> (Double.isNaN(costs[b]) ? 0 : costs[b])
                            - found.get(b).objective()))
                    .limit(Math.max(1, blocks.size() / 2))
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            double less = allowed(objective) / (2 << pass);
            int nodes = FIRST_NODES << (3 * (pass + 1));
            int room = pass + 1;
            List<MixedIntegerSolution> again = inParallel(
                    worst,
                    b -> deadline.isOver()
                            ? found.get(b)
                            : searched(b, binding, gap(less, costs[b]), nodes, room, deadline));
            for (int i = 0; i < worst.length; i++) {
                MixedIntegerSolution answer = again.get(i);
                if (answer.hasValues()
                        && answer.objective() < found.get(worst[i]).objective()) {
                    found.set(worst[i], answer);
                }
            }
        }
    }

    /** Searches a block ever further from its relaxation until there is an answer. */
    private MixedIntegerSolution firstSearched(int b, double[] binding, double gap, Deadline until) {
        MixedIntegerSolution found = searched(b, binding, gap, FIRST_NODES, 0, until);
        for (int room = 1; room <= WIDEST && !found.hasValues() && !until.isOver(); room++) {
            // Any answer will do now.
            found = searched(b, binding, 1, room == WIDEST ? Integer.MAX_VALUE : FIRST_NODES, room, until);
        }
        return found;
    }

    /**
     * Searches a block near the last answer of its relaxation: what that leaves at 0 stays there, the rest may move by
     * {@code room} beyond its next whole numbers. A whole answer far from the relaxed one is seldom good, and the search
     * is short with nine of ten variables gone.
     */
    private MixedIntegerSolution searched(int b, double[] binding, double gap, int nodes, int room, Deadline until) {
        Block block = blocks.get(b);
        LinearModel model = block.linear().copy();
        for (int row : block.boundRows()) {
            double shift = block.shift(row, binding);
            model.bound(model.rows().get(row), model.rowLower(row) - shift, model.rowUpper(row) - shift);
        }
        double[] near = relaxed(b).lastValues();
        for (int i = 0; i < near.length; i++) {
            if (model.isInteger(i) && relaxed(b).isKnown() && relaxed(b).follows(i) && room < WIDEST) {
                double low = near[i] < 1e-6 ? 0 : Math.floor(near[i] + 1e-6) - room;
                double high = near[i] < 1e-6 ? 0 : Math.ceil(near[i] - 1e-6) + room;
                model.bound(
                        model.variables().get(i),
                        Math.max(model.lower(i), low),
                        Math.max(model.lower(i), Math.min(model.upper(i), high)));
            }
        }
        double most = until.orIn(BLOCK_SECONDS).limit();
        return solver.solve(model, SolveOptions.withGap(gap, most).withNodeLimit(nodes));
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

    /**
     * Bounds all blocks together. Before that, one group of blocks (a future) that is neither the cheapest nor the dearest is
     * bounded as if it stood for all: its orders are a good point to start from, and what was learnt of it stays true.
     */
    private Bounded bounded(Deadline until) {
        double tolerance = Math.max(options.relativeGap() / 8, 1e-7);
        double[] nothing = new double[structure.binding().variableCount()];
        double[] start = nothing;
        List<List<RelaxedBlock.Cut>> learnt = new ArrayList<>();
        for (int b = 0; b < blocks.size(); b++) {
            learnt.add(new ArrayList<>());
        }
        int groups = blocks.size() / groupSize;
        if (groups > 2) {
            double[] costs = costs(nothing, until);
            Integer[] order = new Integer[groups];
            Arrays.setAll(order, g -> g);
            Arrays.sort(order, Comparator.comparingDouble(g -> sum(costs, g * groupSize, (g + 1) * groupSize)));
            int middle = order[groups / 2];
            int[] some = IntStream.range(middle * groupSize, (middle + 1) * groupSize)
                    .toArray();
            try (CuttingPlanes planes = new CuttingPlanes(solver, structure, some, groups, learnt, null, lower -> {})) {
                start = planes.solve((which, at) -> cuts(which, at, until), tolerance, until.part(GUESSING))
                        .binding();
            }
        }
        try (CuttingPlanes planes = new CuttingPlanes(
                solver,
                structure,
                all,
                1,
                learnt,
                groups > 2 ? start : null,
                lower -> tell(Double.POSITIVE_INFINITY, lower))) {
            return planes.solve((which, at) -> cuts(which, at, until), tolerance, until);
        }
    }

    /** Costs of all relaxed blocks at a point; NaN for those that time ran out for. */
    private double[] costs(double[] point, Deadline until) {
        return cuts(all, point, until).stream()
                .mapToDouble(cut -> cut == null ? Double.NaN : cut.value())
                .toArray();
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** The cuts of some blocks at a point; null for those that time ran out for. */
    private List<RelaxedBlock.@Nullable Cut> cuts(int[] some, double[] point, Deadline until) {
        List<RelaxedBlock.@Nullable Cut> cuts = new ArrayList<>();
        inParallel(
                        some,
                        b -> Optional.ofNullable(
                                until.isOver() ? null : relaxed(b).at(point, until)))
                .forEach(cut -> cuts.add(cut.orElse(null)));
        return cuts;
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

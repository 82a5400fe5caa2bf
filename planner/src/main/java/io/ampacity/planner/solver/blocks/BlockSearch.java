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
 * rounds few; the first is at the optimum of one future, {@link OnePiece solved in one piece}. The small model's optimum is a lower bound on every answer, whole or not.
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
    /** Part of the gap that the bound may leave open; the rest is for whole numbers. */
    private static final double BOUND = 0.2;
    /** Part of the time for the bound that a relaxation in one piece may take. */
    private static final double ONE_PIECE = 0.85;

    /** How often orders are changed for blocks that find no answer under them. */
    private static final int REPAIRS = 2;
    /** One block may take so many times its even part of the time left. */
    private static final double UNEVEN = 1.3;
    /** So long a block may always take, since without an answer of each there is none; few need it. */
    private static final double ALWAYS_SECONDS = 8;

    private static final double ALWAYS = 0.2;

    /** What a relaxed block may give way by and still count as keeping its rows. */
    private static final double GIVEN = 1e-6;

    private static final MixedIntegerSolution NOTHING =
            new MixedIntegerSolution(Outcome.INFEASIBLE, Double.NaN, Double.NaN, new double[0]);
    private static final MixedIntegerSolution SKIPPED =
            new MixedIntegerSolution(Outcome.FEASIBLE, Double.NaN, Double.NaN, new double[0]);
    /** A block that has an answer is searched for a better one so long. */
    private static final double BLOCK_SECONDS = 10;
    /** Part of its time that a block may take before it is searched with more room. */
    private static final double FIRST_TRY = 0.6;

    private static final double LEAST_SECONDS = 0.5;
    /** What may begin in a block, by what stands in it. */
    private static final int OPENED = 4;
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
    /** No answer costs less, as far as is known. */
    private volatile double proven = Double.NEGATIVE_INFINITY;

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
        proven = bounded.bound();
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
            tell(Double.POSITIVE_INFINITY, proven);
            double even = deadline.secondsLeft() * threads.size() / waiting.getAndDecrement();
            double some = Math.min(ALWAYS_SECONDS, ALWAYS * deadline.secondsLeft());
            return firstSearched(b, binding, gap(allowed, costs[b]), deadline.orIn(Math.max(UNEVEN * even, some)));
        }));
        return new Start(binding, costs, fixed, found);
    }

    private static double gap(double allowed, double cost) {
        return cost > 0 ? Math.min(1, allowed / cost) : 1;
    }

    /** Tells how far the search is; blocks on several threads may have something to tell. */
    private synchronized void tell(double best, double bound) {
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
                            : searched(b, binding, gap(less, costs[b]), nodes, room, deadline.orIn(BLOCK_SECONDS)));
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
        MixedIntegerSolution found = searched(b, binding, gap, FIRST_NODES, 0, until.part(FIRST_TRY));
        for (int room = 1; room <= WIDEST && !found.hasValues() && !until.isOver(); room++) {
            // After the first, any answer will do.
            double wanted = room == 1 ? gap : 1;
            int nodes = room == WIDEST ? Integer.MAX_VALUE : FIRST_NODES;
            found = searched(b, binding, wanted, nodes, room, room == 1 ? until.part(FIRST_TRY) : until);
        }
        return found;
    }

    /**
     * Searches a block near the last answer of its relaxation: what that leaves at 0 stays there, the rest may move by
     * {@code room} beyond its next whole numbers. A whole answer far from the relaxed one is seldom good, and the search
     * is short with nine of ten variables gone. With any room, what would have cost little to begin with may begin: where the
     * best pools are full to the last chip, whole numbers need a place elsewhere.
     */
    private MixedIntegerSolution searched(int b, double[] binding, double gap, int nodes, int room, Deadline until) {
        Block block = blocks.get(b);
        LinearModel model = block.linear().copy();
        for (int row : block.boundRows()) {
            double shift = block.shift(row, binding);
            model.bound(model.rows().get(row), model.rowLower(row) - shift, model.rowUpper(row) - shift);
        }
        double[] near = relaxed(b).lastValues();
        double most = room == 0 ? -1 : dearestOpening(b, near);
        for (int i = 0; i < near.length; i++) {
            if (model.isInteger(i) && relaxed(b).isKnown() && relaxed(b).follows(i) && room < WIDEST) {
                boolean stands = near[i] >= 1e-6;
                boolean opens = !stands && relaxed(b).opening(i) <= most;
                double low = stands ? Math.floor(near[i] + 1e-6) - room : 0;
                double high = stands ? Math.ceil(near[i] - 1e-6) + room : opens ? room : 0;
                model.bound(
                        model.variables().get(i),
                        Math.max(model.lower(i), low),
                        Math.max(model.lower(i), Math.min(model.upper(i), high)));
            }
        }
        return solver.solve(model, SolveOptions.withGap(gap, until.limit()).withNodeLimit(nodes));
    }

    /** What it may cost to begin something in a block: the cheapest are as many as {@link #OPENED} times what stands. */
    private double dearestOpening(int b, double[] near) {
        RelaxedBlock block = relaxed(b);
        if (!block.isKnown()) {
            return -1;
        }
        int standing = 0;
        List<Double> openings = new ArrayList<>();
        for (int i = 0; i < near.length; i++) {
            if (blocks.get(b).linear().isInteger(i) && block.follows(i)) {
                if (near[i] >= 1e-6) {
                    standing++;
                } else if (Double.isFinite(block.opening(i))) {
                    openings.add(block.opening(i));
                }
            }
        }
        openings.sort(null);
        return openings.isEmpty() ? -1 : openings.get(Math.min(openings.size() - 1, OPENED * standing));
    }

    private RelaxedBlock relaxed(int b) {
        RelaxedBlock known = relaxed[b];
        if (known == null) {
            boolean[] mine = new boolean[blocks.get(b).variables().length];
            for (int i = 0; i < mine.length; i++) {
                mine[i] = needless[blocks.get(b).variables()[i]];
            }
            known = new RelaxedBlock(blocks.get(b), b, structure.shifts(), mine, solver, PRICE);
            relaxed[b] = known;
        }
        return known;
    }

    /**
     * Bounds all blocks together. Before that, one group of blocks (a future) that is neither the cheapest nor the dearest is
     * relaxed in one piece as if it stood for all: its orders are a good point to start from, and what was learnt of it stays
     * true. Where there is one future, that is the whole relaxation.
     */
    private Bounded bounded(Deadline until) {
        double tolerance = Math.max(options.relativeGap() * BOUND, 1e-7);
        List<List<RelaxedBlock.Cut>> learnt = new ArrayList<>();
        for (int b = 0; b < blocks.size(); b++) {
            learnt.add(new ArrayList<>());
        }
        int groups = blocks.size() / groupSize;
        int middle = groups > 2 ? middle(groups, until) : 0;
        int[] some = groups > 2
                ? IntStream.range(middle * groupSize, (middle + 1) * groupSize).toArray()
                : all;
        double weight = groups > 2 ? groups : 1;
        double[] start = inOnePiece(some, weight, learnt, until.part(groups > 2 ? GUESSING : ONE_PIECE));
        try (CuttingPlanes planes = new CuttingPlanes(
                solver, structure, all, 1, learnt, start, lower -> tell(Double.POSITIVE_INFINITY, lower))) {
            return planes.solve((which, at) -> cuts(which, at, until), tolerance, until);
        }
    }

    /** Solves the relaxation of some blocks, and learns from it; the binding values, or null when time ran out. */
    private double @Nullable [] inOnePiece(
            int[] some, double weight, List<List<RelaxedBlock.Cut>> learnt, Deadline until) {
        List<RelaxedBlock> made = inParallel(some, this::relaxed);
        double unit = CuttingPlanes.unit(structure.binding());
        OnePiece piece = OnePiece.of(solver, structure.binding(), made, weight, unit, until);
        if (piece == null) {
            return null;
        }
        for (int i = 0; i < some.length; i++) {
            learnt.get(some[i]).add(piece.cuts().get(i));
        }
        return piece.binding();
    }

    /** The group of blocks whose last block costs neither least nor most without any orders. */
    private int middle(int groups, Deadline until) {
        int[] lasts =
                IntStream.range(0, groups).map(g -> (g + 1) * groupSize - 1).toArray();
        double[] nothing = new double[structure.binding().variableCount()];
        double[] costs = cuts(lasts, nothing, until).stream()
                .mapToDouble(cut -> cut == null ? Double.NaN : cut.value())
                .toArray();
        Integer[] order = new Integer[groups];
        Arrays.setAll(order, g -> g);
        Arrays.sort(order, Comparator.comparingDouble(g -> costs[g]));
        return order[groups / 2];
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

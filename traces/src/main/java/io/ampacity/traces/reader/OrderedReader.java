package io.ampacity.traces.reader;

import io.ampacity.documents.DocumentException;
import io.ampacity.traces.RequestSource;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reader that passes rows on in order of arrival, though the file be a little out of order.
 *
 * <p>Rows pass through a window of {@value #WINDOW}: an insertion sort over a ring of slots. A row in its place, which is
 * nearly every row, costs one comparison; a row {@code n} places late costs {@code n} moves of an int. A row later than
 * the window is refused rather than moved in time. Slots are reused, and with them the arrays of prefix blocks.
 */
abstract class OrderedReader implements RequestSource {

    static final int WINDOW = 4096;

    private static final int MASK = WINDOW - 1;
    private static final long[] NONE = {};

    private final boolean countsFromFirst;
    private final double[] arrivals = new double[WINDOW + 1];
    private final int[] prompts = new int[WINDOW + 1];
    private final int[] outputs = new int[WINDOW + 1];
    private final long[] sessions = new long[WINDOW + 1];
    private final @Nullable String[] tenants = new String[WINDOW + 1];
    private final @Nullable String[] classes = new String[WINDOW + 1];
    private final long[][] blocks = new long[WINDOW + 1][];
    private final int[] blockCounts = new int[WINDOW + 1];
    private final int[] order = new int[WINDOW];
    private long head;
    private long tail;
    private int spare;
    private int current;
    private boolean ended;
    private boolean begun;
    private double firstArrival;

    /** The row that {@link #readRow()} read last. */
    double rowArrival;

    int rowPrompt;
    int rowOutput;
    long rowSession = UNKNOWN_SESSION;

    @Nullable String rowTenant;

    @Nullable String rowServiceClass;

    long[] rowBlocks = NONE;
    int rowBlockCount;

    /** @param countsFromFirst whether the file's clock has no zero of its own, so that the first request makes it */
    OrderedReader(boolean countsFromFirst) {
        this.countsFromFirst = countsFromFirst;
        Arrays.fill(blocks, NONE);
        forget();
    }

    /** Reads the next row of the file into the row fields; false at the end. */
    abstract boolean readRow();

    /** Returns the file to before its first row. */
    abstract void restart();

    /** Refuses the row read last for its time of arrival. */
    abstract DocumentException refuseArrival(String problem, String advice);

    @Override
    public final boolean next() {
        if (begun) {
            spare = current;
        }
        while (!ended && tail - head < WINDOW) {
            if (readRow()) {
                insert();
            } else {
                ended = true;
            }
        }
        if (head == tail) {
            return false;
        }
        current = order[(int) head++ & MASK];
        if (!begun) {
            begun = true;
            firstArrival = countsFromFirst ? arrivals[current] : 0;
        }
        return true;
    }

    private void insert() {
        double arrival = rowArrival;
        if (begun && arrival < arrivals[current]) {
            throw refuseArrival(
                    "the arrival lies " + (float) (arrivals[current] - arrival) + " s before that of a row more than "
                            + WINDOW + " rows above",
                    "sort the file by arrival first");
        }
        int slot = spare < 0 ? (int) (tail - head) : spare;
        spare = -1;
        arrivals[slot] = arrival;
        prompts[slot] = rowPrompt;
        outputs[slot] = rowOutput;
        sessions[slot] = rowSession;
        tenants[slot] = rowTenant;
        classes[slot] = rowServiceClass;
        if (rowBlockCount > 0) {
            if (blocks[slot].length < rowBlockCount) {
                blocks[slot] = new long[Math.max(16, Integer.highestOneBit(rowBlockCount) * 2)];
            }
            System.arraycopy(rowBlocks, 0, blocks[slot], 0, rowBlockCount);
        }
        blockCounts[slot] = rowBlockCount;
        long at = tail++;
        while (at > head && arrivals[order[(int) (at - 1) & MASK]] > arrival) {
            order[(int) at & MASK] = order[(int) (at - 1) & MASK];
            at--;
        }
        order[(int) at & MASK] = slot;
    }

    private void forget() {
        head = 0;
        tail = 0;
        spare = -1;
        ended = false;
        begun = false;
    }

    @Override
    public final void rewind() {
        restart();
        forget();
    }

    @Override
    public final double arrivalSeconds() {
        return arrivals[current] - firstArrival;
    }

    @Override
    public final int promptTokens() {
        return prompts[current];
    }

    @Override
    public final int outputTokens() {
        return outputs[current];
    }

    @Override
    public final int prefixBlocks() {
        return blockCounts[current];
    }

    @Override
    public final long prefixBlock(int index) {
        return blocks[current][Objects.checkIndex(index, blockCounts[current])];
    }

    @Override
    public final long session() {
        return sessions[current];
    }

    @Override
    public final @Nullable String tenant() {
        return tenants[current];
    }

    @Override
    public final @Nullable String serviceClass() {
        return classes[current];
    }
}

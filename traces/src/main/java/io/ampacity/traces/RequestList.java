package io.ampacity.traces;

import java.util.Arrays;
import java.util.Objects;

/**
 * Requests held in memory, as columns of primitives: 28 bytes a request, prefix blocks aside. Appended to in order of
 * arrival; any number of {@linkplain #source() cursors} may read it at once when appending is over.
 */
public final class RequestList {

    private static final long[] NONE = {};

    private final int prefixBlockTokens;
    private int size;
    private double[] arrivalSeconds = new double[16];
    private int[] promptTokens = new int[16];
    private int[] outputTokens = new int[16];
    private long[] sessions = new long[16];
    private int[] blockEnds = new int[16];
    private long[] blocks = NONE;
    private int blockCount;

    /** A list of requests without prefix blocks. */
    public RequestList() {
        this(0);
    }

    /** @param prefixBlockTokens tokens a full prefix block holds; 0 when the requests have none */
    public RequestList(int prefixBlockTokens) {
        this.prefixBlockTokens = prefixBlockTokens;
    }

    /** Everything that {@code source} still gives. */
    public static RequestList copyOf(RequestSource source) {
        RequestList list = null;
        while (source.next()) {
            if (list == null) {
                list = new RequestList(source.prefixBlockTokens());
            }
            for (int i = 0; i < source.prefixBlocks(); i++) {
                list.appendBlock(source.prefixBlock(i));
            }
            list.append(source.arrivalSeconds(), source.promptTokens(), source.outputTokens(), source.session());
        }
        return list == null ? new RequestList() : list;
    }

    public RequestList add(double arrival, int prompt, int output) {
        return add(arrival, prompt, output, RequestSource.UNKNOWN_SESSION);
    }

    /**
     * Appends a request.
     *
     * @param arrival seconds from the start; not before the request appended last
     * @param prefixBlocks names of the prompt's leading blocks, first to last
     */
    public RequestList add(double arrival, int prompt, int output, long session, long... prefixBlocks) {
        if (!(arrival >= 0) || Double.isInfinite(arrival) || (size > 0 && arrival < arrivalSeconds[size - 1])) {
            throw new IllegalArgumentException("request " + size + " arrives at " + arrival
                    + " s, which is negative, endless or before the one ahead of it. Maybe sort by arrival");
        }
        if (prompt < 0 || output < 0) {
            throw new IllegalArgumentException("request " + size + " has " + prompt + " prompt and " + output
                    + " output tokens; neither may be negative. Maybe an unknown was written as -1");
        }
        for (long block : prefixBlocks) {
            appendBlock(block);
        }
        append(arrival, prompt, output, session);
        return this;
    }

    public int size() {
        return size;
    }

    /** A cursor of its own over the list. */
    public RequestSource source() {
        return new Cursor();
    }

    private void appendBlock(long block) {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(64, blockCount * 2));
        }
        blocks[blockCount++] = block;
    }

    private void append(double arrival, int prompt, int output, long session) {
        if (size == promptTokens.length) {
            int capacity = size * 2;
            arrivalSeconds = Arrays.copyOf(arrivalSeconds, capacity);
            promptTokens = Arrays.copyOf(promptTokens, capacity);
            outputTokens = Arrays.copyOf(outputTokens, capacity);
            sessions = Arrays.copyOf(sessions, capacity);
            blockEnds = Arrays.copyOf(blockEnds, capacity);
        }
        arrivalSeconds[size] = arrival;
        promptTokens[size] = prompt;
        outputTokens[size] = output;
        sessions[size] = session;
        blockEnds[size] = blockCount;
        size++;
    }

    private final class Cursor implements RequestSource {

        private int at = -1;

        @Override
        public boolean next() {
            if (at + 1 >= size) {
                return false;
            }
            at++;
            return true;
        }

        @Override
        public double arrivalSeconds() {
            return arrivalSeconds[at];
        }

        @Override
        public int promptTokens() {
            return promptTokens[at];
        }

        @Override
        public int outputTokens() {
            return outputTokens[at];
        }

        @Override
        public int prefixBlocks() {
            return blockEnds[at] - firstBlock();
        }

        @Override
        public long prefixBlock(int index) {
            return blocks[firstBlock() + Objects.checkIndex(index, prefixBlocks())];
        }

        @Override
        public int prefixBlockTokens() {
            return prefixBlockTokens;
        }

        @Override
        public long session() {
            return sessions[at];
        }

        @Override
        public void rewind() {
            at = -1;
        }

        @Override
        public void close() {
            // Nothing is held open.
        }

        private int firstBlock() {
            return at == 0 ? 0 : blockEnds[at - 1];
        }
    }
}

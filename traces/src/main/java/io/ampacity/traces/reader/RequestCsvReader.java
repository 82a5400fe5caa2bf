package io.ampacity.traces.reader;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads Ampacity's own CSV: a header that names {@code arrival_s}, {@code prompt_tokens} and {@code output_tokens}, in
 * any order and among others.
 *
 * <p>Known besides: {@code session}, a whole number or any word, empty when unknown; {@code tenant} and {@code class},
 * any words, empty when unknown; {@code prefix_blocks}, the names of
 * the prompt's leading blocks with spaces between; {@code prefix_block_tokens}, tokens a block, the same in every row.
 * The arrival keeps its zero: a trace may begin late.
 */
public final class RequestCsvReader extends CsvReader {

    private int arrival;
    private int prompt;
    private int output;
    private int session;
    private int tenant;
    private int serviceClass;
    private int blocks;
    private int blockTokens;
    private int tokensOfBlock;
    private final Labels labels = new Labels();

    public RequestCsvReader(Path file) {
        super(file, false);
        try {
            begin();
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private void begin() {
        readHeader();
        arrival = requiredColumn("arrival_s");
        prompt = requiredColumn("prompt_tokens");
        output = requiredColumn("output_tokens");
        session = column("session");
        tenant = column("tenant");
        serviceClass = column("class");
        blocks = column("prefix_blocks");
        blockTokens = column("prefix_block_tokens");
        if (blocks >= 0 && blockTokens < 0) {
            requiredColumn("prefix_block_tokens");
        }
    }

    @Override
    String wanted() {
        return "arrival_s,prompt_tokens,output_tokens";
    }

    @Override
    boolean readRow() {
        if (!nextRow()) {
            return false;
        }
        rowArrival = seconds(start(arrival), end(arrival), "arrival_s");
        rowPrompt = tokens(start(prompt), end(prompt), "prompt_tokens");
        rowOutput = tokens(start(output), end(output), "output_tokens");
        if (session >= 0) {
            rowSession = start(session) == end(session) ? UNKNOWN_SESSION : name(start(session), end(session));
        }
        rowTenant = tenant < 0 ? null : labels.of(lines.bytes(), start(tenant), end(tenant));
        rowServiceClass = serviceClass < 0 ? null : labels.of(lines.bytes(), start(serviceClass), end(serviceClass));
        if (blocks >= 0) {
            readBlocks();
        }
        return true;
    }

    private void readBlocks() {
        byte[] bytes = lines.bytes();
        int end = end(blocks);
        int count = 0;
        int at = start(blocks);
        while (at < end) {
            int from = at;
            while (at < end && bytes[at] != ' ') {
                at++;
            }
            if (count == rowBlocks.length) {
                rowBlocks = Arrays.copyOf(rowBlocks, Math.max(64, count * 2));
            }
            rowBlocks[count++] = signedName(from, at);
            while (at < end && bytes[at] == ' ') {
                at++;
            }
        }
        rowBlockCount = count;
        if (count > 0) {
            int tokens = tokens(start(blockTokens), end(blockTokens), "prefix_block_tokens");
            if (tokens == 0 || (tokensOfBlock != 0 && tokens != tokensOfBlock)) {
                throw refuse(
                        start(blockTokens),
                        end(blockTokens),
                        "prefix_block_tokens",
                        "is not the size of block of the rows above",
                        "one trace has one size of block, above 0");
            }
            tokensOfBlock = tokens;
        }
    }

    /** Block names are any 64 bits, so a minus may stand before them. */
    private long signedName(int start, int end) {
        return start + 1 < end && lines.bytes()[start] == '-' ? -name(start + 1, end) : name(start, end);
    }

    @Override
    public int prefixBlockTokens() {
        return tokensOfBlock;
    }

    @Override
    void restart() {
        lines.rewind();
        begin();
    }
}

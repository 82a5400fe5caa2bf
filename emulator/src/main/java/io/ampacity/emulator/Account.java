package io.ampacity.emulator;

import java.util.ArrayList;
import java.util.List;

/** What was really served, request by request. Thread-safe. */
public final class Account {

    /** How a request ended. */
    public enum End {
        COMPLETED,
        FAULTED,
        ABORTED
    }

    /**
     * One request.
     *
     * @param model as the request named it
     * @param cachedTokens part of the prompt whose keys and values were there already
     * @param outputTokens sent, those of reasoning included
     */
    public record Entry(
            String path,
            String model,
            boolean stream,
            int promptTokens,
            int cachedTokens,
            int outputTokens,
            int reasoningTokens,
            End end) {}

    private static final int KEPT = 100_000;

    private final List<Entry> entries = new ArrayList<>();
    private long requests;
    private long promptTokens;
    private long outputTokens;
    private int running;

    synchronized void began() {
        requests++;
        running++;
    }

    synchronized void ended(Entry entry) {
        running--;
        promptTokens += entry.promptTokens();
        outputTokens += entry.outputTokens();
        if (entries.size() < KEPT) {
            entries.add(entry);
        }
    }

    /** Requests ever received. */
    public synchronized long requests() {
        return requests;
    }

    /** Requests that have not ended. */
    public synchronized int running() {
        return running;
    }

    public synchronized long promptTokens() {
        return promptTokens;
    }

    public synchronized long outputTokens() {
        return outputTokens;
    }

    /** The requests that ended, in that order; the first {@value #KEPT}. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Forgets everything that ended. */
    public synchronized void clear() {
        entries.clear();
        requests = running;
        promptTokens = 0;
        outputTokens = 0;
    }
}

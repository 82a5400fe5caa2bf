package io.ampacity.gateway;

import io.ampacity.gateway.metering.Meter;
import io.ampacity.gateway.metering.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last {@value #KEPT} records, in the order in which they ended. They are seldom looked for and written all the time, so
 * they are looked through and not indexed. Thread-safe.
 */
final class RecentRequests implements Meter {

    private static final int KEPT = 10_000;

    private final @Nullable RequestRecord[] ring = new @Nullable RequestRecord[KEPT];
    private int next;

    @Override
    public synchronized void record(RequestRecord request) {
        ring[next] = request;
        next = (next + 1) % KEPT;
    }

    /** Those that arrived at a time or later, in the order in which they ended. */
    synchronized List<RequestRecord> since(long millis) {
        List<RequestRecord> found = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            RequestRecord record = ring[(next + i) % KEPT];
            if (record != null && record.arrivedMillis() >= millis) {
                found.add(record);
            }
        }
        return found;
    }

    /** The record of a request; null when it is unknown, or too long ago. */
    synchronized @Nullable RequestRecord find(String id) {
        for (RequestRecord record : ring) {
            if (record != null && record.id().equals(id)) {
                return record;
            }
        }
        return null;
    }
}

package io.ampacity.gateway;

import io.ampacity.gateway.metering.Meter;
import io.ampacity.gateway.metering.RequestRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last {@value #KEPT} records, by id. Thread-safe. */
final class RecentRequests implements Meter {

    private static final int KEPT = 10_000;

    private final Map<String, RequestRecord> byId = new HashMap<>();
    private final ArrayDeque<String> order = new ArrayDeque<>();

    @Override
    public synchronized void record(RequestRecord request) {
        byId.put(request.id(), request);
        order.add(request.id());
        if (order.size() > KEPT) {
            byId.remove(order.poll());
        }
    }

    /** Those that arrived at a time or later, in the order in which they ended. */
    synchronized List<RequestRecord> since(long millis) {
        List<RequestRecord> found = new ArrayList<>();
        for (String id : order) {
            RequestRecord record = byId.get(id);
            if (record != null && record.arrivedMillis() >= millis) {
                found.add(record);
            }
        }
        return found;
    }

    synchronized @Nullable RequestRecord find(String id) {
        return byId.get(id);
    }
}

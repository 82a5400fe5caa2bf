package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.protocol.Endpoint;
import io.ampacity.gateway.protocol.Prefill;
import io.ampacity.gateway.protocol.RequestScan;
import io.ampacity.gateway.settings.DataClass;
import io.ampacity.gateway.settings.Fleet;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TokenPrices;
import io.ampacity.gateway.translation.Translation;
import io.ampacity.routing.RouteQuery;
import io.ampacity.routing.Router;
import io.ampacity.routing.RoutingTable;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may answer one request, and who of them was tried. What rules or abilities forbid is left out of every question
 * asked, so that no retry and no rescue can reach it.
 */
final class Question {

    private static final int BYTES_PER_TOKEN = 4;
    private static final BitSet NONE = new BitSet();

    private final Fleet fleet;
    private final int workload;
    private final RequestScan scan;
    private final int bodyBytes;
    private final BitSet forbidden = new BitSet();
    private final BitSet unable = new BitSet();
    private final BitSet tried = new BitSet();
    /** Those on trial: asked first for their own requests, and never otherwise. */
    private final BitSet canaries = new BitSet();

    private Canaries.@Nullable Turn turn;
    private final RouteQuery query = new RouteQuery();
    private String reason = "";

    Question(
            Fleet fleet,
            int workload,
            RequestScan scan,
            Endpoint endpoint,
            List<DataClass> classes,
            int bodyBytes,
            boolean hasBudget) {
        this.fleet = fleet;
        this.workload = workload;
        this.scan = scan;
        this.bodyBytes = bodyBytes;
        check(workload, endpoint, classes, hasBudget);
        int trial = fleet.trialOf(workload);
        if (trial >= 0) {
            String known = reason;
            check(trial, endpoint, classes, hasBudget);
            reason = known;
        }
    }

    private void check(int asked, Endpoint endpoint, List<DataClass> classes, boolean hasBudget) {
        RoutingTable table = fleet.table();
        for (int rank = 0; rank < table.eligibleCount(asked); rank++) {
            int pool = table.eligible(asked, rank);
            Target target = fleet.targets().get(pool);
            if (target.canary() != null) {
                canaries.set(pool);
            }
            for (DataClass dataClass : classes) {
                String refusal = dataClass.refusal(target.upstream());
                if (refusal != null) {
                    forbidden.set(pool);
                    reason = refusal;
                }
            }
            if (hasBudget && target.prices() == null) {
                forbidden.set(pool);
                reason = "the price of " + target.upstream().id() + " is unknown, so no budget can hold there";
            }
            if (!Translation.isUnderstood(endpoint, target.upstream())
                    || (scan.images() && !target.upstream().images())) {
                unable.set(pool);
            }
        }
    }

    /** Why nobody may ever answer; {@link Outcome#COMPLETED} when somebody may. */
    Outcome hopeless() {
        int allowed = 0;
        for (int rank = 0; rank < fleet.table().eligibleCount(workload); rank++) {
            int pool = fleet.table().eligible(workload, rank);
            if (!forbidden.get(pool) && !unable.get(pool)) {
                return Outcome.COMPLETED;
            }
            allowed += forbidden.get(pool) ? 0 : 1;
        }
        return allowed == 0 ? Outcome.POLICY : Outcome.REFUSED;
    }

    /** The last rule that forbade somebody; empty when none did. */
    String reason() {
        return reason;
    }

    int workload() {
        return workload;
    }

    /** Tells a purse the highest prices that may be met. */
    void tellPrices(Purse purse) {
        if (!purse.hasBudget()) {
            return;
        }
        double[] highest = new double[2];
        highestPrices(workload, highest);
        int trial = fleet.trialOf(workload);
        if (trial >= 0) {
            highestPrices(trial, highest);
        }
        purse.prices(highest[0], highest[1]);
    }

    private void highestPrices(int asked, double[] highest) {
        for (int rank = 0; rank < fleet.table().eligibleCount(asked); rank++) {
            int pool = fleet.table().eligible(asked, rank);
            TokenPrices prices = fleet.targets().get(pool).prices();
            if (prices != null && !forbidden.get(pool) && !unable.get(pool)) {
                highest[0] = Math.max(highest[0], prices.highestPrompt());
                highest[1] = Math.max(highest[1], prices.output());
            }
        }
    }

    /** The pool cannot serve this request after all. */
    void unable(int pool) {
        unable.set(pool);
    }

    void untried(int pool) {
        tried.clear(pool);
    }

    void tried(int pool) {
        tried.set(pool);
    }

    boolean anyTried() {
        return !tried.isEmpty();
    }

    void forgetTried() {
        tried.clear();
    }

    /** Only those who go on from words of the assistant are asked from now on; whether there is one. */
    boolean onlyContinuing() {
        RoutingTable table = fleet.table();
        boolean any = false;
        for (int rank = 0; rank < table.eligibleCount(workload); rank++) {
            int pool = table.eligible(workload, rank);
            if (fleet.targets().get(pool).upstream().prefill() == Prefill.NONE) {
                unable.set(pool);
            } else {
                any |= !forbidden.get(pool) && !unable.get(pool) && !canaries.get(pool);
            }
        }
        return any;
    }

    /** The request is a canary's: it is asked first, if it may be. */
    void turnOf(Canaries.@Nullable Turn canary) {
        turn = canary;
    }

    /** A pool of the canary whose request this is; {@link Router#NONE} when none of it may, or can, serve it. */
    private int askCanary(Dispatcher dispatcher) {
        Canaries.Turn canary = turn;
        turn = null;
        if (canary == null) {
            return Router.NONE;
        }
        BitSet able = (BitSet) canary.pools().clone();
        able.andNot(forbidden);
        able.andNot(unable);
        able.andNot(dispatcher.sick());
        if (able.isEmpty()) {
            return Router.NONE;
        }
        query.of(canary.workload(), Math.max(1, bodyBytes / BYTES_PER_TOKEN), scan.affinity(), dispatcher.now());
        for (int rank = 0; rank < fleet.table().eligibleCount(canary.workload()); rank++) {
            int pool = fleet.table().eligible(canary.workload(), rank);
            if (!able.get(pool)) {
                query.without(pool);
            }
        }
        return dispatcher.route(query);
    }

    /** The pool to ask now; {@link Router#NONE} when there is none. */
    int ask(Dispatcher dispatcher) {
        int canary = askCanary(dispatcher);
        if (canary != Router.NONE) {
            return canary;
        }
        BitSet sick = dispatcher.sick();
        int pool = sick.isEmpty() ? Router.NONE : ask(dispatcher, sick);
        // When all are said to be sick, a doubtful try is better than a certain refusal.
        return pool == Router.NONE ? ask(dispatcher, NONE) : pool;
    }

    private void begin(Dispatcher dispatcher) {
        query.of(workload, Math.max(1, bodyBytes / BYTES_PER_TOKEN), scan.affinity(), dispatcher.now());
    }

    private int ask(Dispatcher dispatcher, BitSet sick) {
        begin(dispatcher);
        leaveOut(canaries);
        leaveOut(forbidden);
        leaveOut(unable);
        leaveOut(tried);
        leaveOut(sick);
        return dispatcher.route(query);
    }

    private void leaveOut(BitSet pools) {
        for (int pool = pools.nextSetBit(0); pool >= 0; pool = pools.nextSetBit(pool + 1)) {
            query.without(pool);
        }
    }
}

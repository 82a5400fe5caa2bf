package io.ampacity.cli;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.gateway.Books;
import io.ampacity.gateway.Gateway;
import io.ampacity.gateway.Warmth;
import io.ampacity.gateway.metering.RequestRecord;
import io.ampacity.gateway.reading.GatewayReader;
import io.ampacity.gateway.reading.PlannedTraffic;
import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.Target;
import io.ampacity.gateway.settings.TlsFiles;
import io.ampacity.scenario.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity serve}: carries live traffic. */
@Command(
        name = "serve",
        description = {
            "Carry live traffic over many suppliers: as a plan says, or as the document lists.",
            "The document is read again when it, the plan or a certificate changes, when a month of the plan begins, and"
                    + " at the signal HUP; requests that are open keep what they began with."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity serve --config examples/gateway/gateway.yaml",
            "  ampacity serve plan.json --config gateway.yaml --port 8080"
        })
final class ServeCommand extends AbstractAction {

    private static final long LOOK_MILLIS = 1000;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PLAN", description = "The plan to carry out (JSON).")
    private @Nullable Path plan;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "What the gateway is told (YAML).")
    @SuppressWarnings("NullAway.Init") // picocli refuses a line without it
    private Path config;

    @Option(names = "--port", paramLabel = "N", description = "Where clients come (default: as the document says).")
    private @Nullable Integer port;

    @Option(
            names = "--admin-port",
            paramLabel = "N",
            description = "Where operators look (default: as the document says).")
    private @Nullable Integer adminPort;

    @Option(names = "--period", paramLabel = "NAME", description = "Period of the plan (default: the one of today).")
    private @Nullable String period;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Time to compile before the gateway is ready (default: ${DEFAULT-VALUE}).")
    private double warmUp = 2;

    @Option(names = "--log", description = "Write every request to standard error, one JSON line each.")
    private boolean log;

    @Mixin
    private AnsweredScenario answered = new AnsweredScenario();

    @Mixin
    private KnownFacts known = new KnownFacts();

    @Override
    public Integer call() throws IOException {
        if (!(warmUp >= 0) || warmUp > 600) {
            throw badInput("--warm-up is " + warmUp + "; it must be 0 to 600 seconds");
        }
        if (plan == null && (period != null || answered.given())) {
            throw badInput("--period and --scenario speak of a plan, and none is given");
        }
        // What changes while it is read and compiled is seen all the same.
        List<Object> documents = documents();
        GatewaySettings settings = read();
        List<Object> seen = with(documents, settings);
        FaultLog faults = new FaultLog(output());
        try (Books books = Books.open(settings, log ? this::log : null, faults::add)) {
            serve(settings, books, faults, seen);
        }
        return ExitCode.FINE;
    }

    @SuppressWarnings("try") // it is closed by the one who is told to stop, and here only if it came to nothing
    private void serve(GatewaySettings settings, Books books, FaultLog faults, List<Object> seen) {
        try (Gateway gateway = Gateway.start(settings, books, faults::add)) {
            if (warmUp > 0) {
                output().progress("warming up …");
                Warmth.run(warmUp);
            }
            gateway.notices(output()::warning);
            gateway.refusals(output().errors()::println);
            gateway.reloader(() -> reload(gateway));
            gateway.ready(true);
            books.watch(gateway);
            books.deed("start", "pools: " + settings.fleet().targets().size());
            tell(gateway);
            ChangeWatch watch = ChangeWatch.start(
                    () -> with(documents(), gateway.settings()), seen, () -> reload(gateway), LOOK_MILLIS);
            Hangup hangup = Hangup.on(output(), watch::actNow);
            UntilStopped.serve(output(), () -> {
                hangup.close();
                watch.close();
                output().progress("ending open requests …");
                gateway.close();
            });
        }
    }

    private void log(RequestRecord request) {
        output().errors().println(request.line().strip());
    }

    private GatewaySettings read() {
        GatewayReader.Result result =
                GatewayReader.read(config, known.catalogue(), System.getenv(), traffic(), this::onTrial);
        for (Issue warning : result.warnings()) {
            output().warning(warning.toString());
        }
        GatewaySettings settings = result.settings();
        for (Target target : settings.fleet().targets()) {
            if (target.prices() == null) {
                output().warning("the price of tokens of " + target.upstream().id()
                        + " is unknown, so what they cost will be too. Maybe add price: to it");
            }
        }
        return settings.withPorts(
                port == null ? settings.port() : Ports.checked("--port", port),
                adminPort == null ? settings.adminPort() : Ports.checked("--admin-port", adminPort));
    }

    private @Nullable PlannedTraffic traffic() {
        Path named = plan;
        if (named == null) {
            return null;
        }
        Plan read = AnsweredScenario.read(named);
        if (read.status() == Plan.Status.INFEASIBLE) {
            throw new BadInput("the plan is infeasible, so there is nothing to carry out", "relax a limit first");
        }
        ScenarioFile file = answered.of(read, known, output());
        int number = number(read, file);
        output().progress("carrying out period " + read.periods().get(number) + " of the plan");
        return new PlannedTraffic(file.scenario(), read, number);
    }

    /** A plan that the document names beside the one that is carried out. */
    private PlannedTraffic onTrial(Path named, @Nullable Path scenario) {
        Plan read = AnsweredScenario.read(named);
        if (read.status() == Plan.Status.INFEASIBLE) {
            throw new BadInput(named + " is infeasible, so there is nothing to try", "relax a limit first");
        }
        ScenarioFile file = ScenarioFile.of(read, scenario, known.catalogue(), output());
        return new PlannedTraffic(file.scenario(), read, number(read, file));
    }

    private int number(Plan read, ScenarioFile file) {
        if (period != null) {
            int number = read.periods().indexOf(period);
            if (number < 0) {
                throw new BadInput(
                        "--period " + period + " is none of the plan", "one of " + String.join(", ", read.periods()));
            }
            return number;
        }
        var horizon = file.scenario().horizon();
        long months = java.time.temporal.ChronoUnit.MONTHS.between(horizon.start(), YearMonth.now(ZoneOffset.UTC));
        int number = Math.clamp(
                Math.floorDiv(months, horizon.monthsPerPeriod()),
                0,
                read.periods().size() - 1);
        return number;
    }

    private void tell(Gateway gateway) {
        GatewaySettings settings = gateway.settings();
        String address = (settings.tls() == null ? "http://" : "https://") + settings.host() + ":" + gateway.port();
        String adminAddress = (settings.adminTls() == null ? "http://" : "https://") + settings.adminHost() + ":"
                + gateway.adminPort();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("address", address);
        document.put("adminAddress", adminAddress);
        document.put("models", List.copyOf(settings.fleet().models().keySet()));
        output().result(
                        document,
                        "serving " + String.join(", ", settings.fleet().models().keySet()) + " at " + address
                                + "/v1; operators look at " + adminAddress + "/metrics");
        if (settings.keys().isEmpty() && !settings.host().startsWith("127.")) {
            output().warning("everybody who reaches " + settings.host() + " may ask. Maybe add keys:");
        }
        if (settings.oidc() == null && !settings.adminHost().startsWith("127.")) {
            output().warning("everybody who reaches " + settings.adminHost() + ":" + gateway.adminPort()
                    + " may do what operators do. Maybe add oidc: to admin");
        }
        if (settings.adminTls() == null
                && settings.oidc() != null
                && !settings.adminHost().startsWith("127.")) {
            output().warning(
                            "operators' tokens cross the network in the clear. Maybe add certificate: and key: to admin");
        }
        if (settings.tls() == null
                && !settings.keys().isEmpty()
                && !settings.host().startsWith("127.")) {
            output().warning(
                            "keys and prompts cross the network in the clear. Maybe add certificate: and key: to listen");
        }
    }

    /** What is carried out, as far as it may change by itself; empty while a file is away. */
    private List<Object> documents() {
        try {
            List<Object> state = new ArrayList<>();
            state.add(Files.getLastModifiedTime(config));
            Path planned = plan;
            if (planned != null) {
                state.add(Files.getLastModifiedTime(planned));
                state.add(period == null ? YearMonth.now(ZoneOffset.UTC) : period);
            }
            return state;
        } catch (IOException away) {
            return List.of();
        }
    }

    /** The same with the certificates and plans that it names. */
    private static List<Object> with(List<Object> documents, GatewaySettings settings) {
        try {
            List<Object> state = new ArrayList<>(documents);
            for (Path named : settings.plans()) {
                state.add(Files.getLastModifiedTime(named));
                state.add(YearMonth.now(ZoneOffset.UTC));
            }
            for (@Nullable TlsFiles tls : Arrays.asList(settings.tls(), settings.adminTls())) {
                if (tls != null) {
                    state.add(Files.getLastModifiedTime(tls.certificate()));
                    state.add(Files.getLastModifiedTime(tls.key()));
                }
            }
            return documents.isEmpty() ? documents : state;
        } catch (IOException away) {
            return List.of();
        }
    }

    /** Reads it again; what is wrong with it, or nothing. Never throws, since nobody would hear of it. */
    private String reload(Gateway gateway) {
        try {
            gateway.reload(read());
            output().progress("read " + config + " again");
            return "";
        } catch (DocumentException wrong) {
            wrong.issues().forEach(issue -> output().errors().println(issue));
            output().warning(config + " is not used: what was read before stands");
            return wrong.issues().stream().map(Issue::toString).collect(Collectors.joining("; "));
        } catch (RuntimeException wrong) {
            output().warning(config + " is not used: " + wrong.getMessage() + ". What was read before stands");
            return String.valueOf(wrong.getMessage());
        }
    }
}

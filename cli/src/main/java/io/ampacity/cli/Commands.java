package io.ampacity.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The commands of {@code ampacity}, in the order that its help shows them.
 *
 * <p>Reading the annotations of all commands costs more than most commands do. So a line that names its command gets
 * that one alone; only a line that needs all, such as a mistyped one or {@code --help}, gets all.
 */
final class Commands {

    static final Map<String, Supplier<AbstractAction>> ALL;

    static {
        Map<String, Supplier<AbstractAction>> all = new LinkedHashMap<>();
        all.put("demo", DemoCommand::new);
        all.put("plan", PlanCommand::new);
        all.put("verify", VerifyCommand::new);
        all.put("explain", ExplainCommand::new);
        all.put("replan", ReplanCommand::new);
        all.put("diff", DiffCommand::new);
        all.put("report", ReportCommand::new);
        all.put("estimate", EstimateCommand::new);
        all.put("training", TrainingCommand::new);
        all.put("reconcile", ReconcileCommand::new);
        all.put("simulate", SimulateCommand::new);
        all.put("calibrate", CalibrateCommand::new);
        all.put("compare", CompareCommand::new);
        all.put("serve", ServeCommand::new);
        all.put("why", WhyCommand::new);
        all.put("ledger", LedgerCommand::new);
        all.put("drill", DrillCommand::new);
        all.put("emulate", EmulateCommand::new);
        all.put("facts", Facts::new);
        all.put("trace", Trace::new);
        all.put("completion", Completion::new);
        all.put("doctor", Doctor::new);
        all.put("help", Help::new);
        ALL = Collections.unmodifiableMap(all);
    }

    /** Commands that speak of all others. */
    private static final List<String> NEED_ALL = List.of("completion", "help");

    private Commands() {}

    /** Those that a command line needs. */
    static Map<String, Supplier<AbstractAction>> typed(List<String> arguments) {
        for (String argument : arguments) {
            // No option before the command takes a value, so the first word is the command.
            if (!argument.startsWith("-")) {
                Supplier<AbstractAction> command = NEED_ALL.contains(argument) ? null : ALL.get(argument);
                return command == null ? ALL : Map.of(argument, command);
            }
        }
        boolean onlyVersion = arguments.contains("--version") || arguments.contains("-V");
        return onlyVersion ? Map.of() : ALL;
    }
}

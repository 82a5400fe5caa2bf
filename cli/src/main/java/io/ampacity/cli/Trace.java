package io.ampacity.cli;

import picocli.CommandLine.Command;

/** {@code ampacity trace}: request traces, recorded and made. */
@Command(
        name = "trace",
        description = "Describe, fit, synthesise and convert request traces.",
        subcommands = {TraceDescribe.class, TraceFit.class, TraceSynthesise.class, TraceConvert.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity trace describe AzureLLMInferenceTrace_conv.csv",
            "  ampacity trace fit requests.csv --out ours.yaml",
            "  ampacity trace synthesise ours.yaml --duration '6 h' --out six-hours.csv"
        })
final class Trace extends AbstractGroup {}

package io.ampacity.cli;

import picocli.CommandLine.Command;

/** {@code ampacity facts}: what is known of chips, language models, regions, offers and grids. */
@Command(
        name = "facts",
        description =
                "Look up, check and import chips, language models, regions, offers and grids, each figure with its source.",
        subcommands = {FactsList.class, FactsShow.class, FactsCheckCommand.class, FactsImport.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ampacity facts list chips",
            "  ampacity facts show h100-sxm",
            "  ampacity facts list offers spot",
            "  ampacity facts check vms.csv",
            "  ampacity facts import hugging-face config.json --out model.yaml"
        })
final class Facts extends AbstractGroup {}

package io.ampacity.cli;

import picocli.CommandLine.Command;

/** {@code ampacity facts}: what is known of chips, language models, regions, offers and grids. */
@Command(
        name = "facts",
        description = "Look up chips, language models, regions, offers and grids, each figure with its source.",
        subcommands = {FactsList.class, FactsShow.class},
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ampacity facts list chips", "  ampacity facts show h100-sxm", "  ampacity facts list offers spot"})
final class Facts extends AbstractGroup {}

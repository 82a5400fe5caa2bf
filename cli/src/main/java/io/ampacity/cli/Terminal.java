package io.ampacity.cli;

import java.util.List;
import java.util.Map;

/**
 * What is known of the terminal: whether colour and moving progress lines make sense, and how wide it is.
 *
 * @param colour whether standard output may be coloured
 * @param progress whether standard error is a terminal, so that a line may be written over
 * @param width in columns
 */
record Terminal(boolean colour, boolean progress, int width) {

    private static final int USUAL_WIDTH = 100;
    private static final int NARROWEST = 60;
    private static final int WIDEST = 160;

    /** A file or a pipe. */
    static final Terminal NONE = new Terminal(false, false, USUAL_WIDTH);

    /**
     * From the environment, by the customs of <a href="https://no-color.org">NO_COLOR</a> and CLICOLOR_FORCE.
     *
     * @param streams the standard streams that are terminals, such as {@code out,err}; the launcher knows them for less
     *     than {@link System#console()} costs
     */
    static Terminal of(Map<String, String> environment, String streams) {
        List<String> terminals = List.of(streams.split(",", -1));
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean forced = !List.of("", "0").contains(environment.getOrDefault("CLICOLOR_FORCE", ""));
        boolean colour = !refused && (forced || (terminals.contains("out") && !dumb));
        return new Terminal(colour, terminals.contains("err") && !dumb, width(environment.getOrDefault("COLUMNS", "")));
    }

    private static int width(String columns) {
        try {
            return Math.clamp(Integer.parseInt(columns.strip()), NARROWEST, WIDEST);
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }
}

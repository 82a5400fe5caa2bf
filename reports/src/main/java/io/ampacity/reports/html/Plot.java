package io.ampacity.reports.html;

/** What all drawings of charts share: the picture's frame, lines across it with their marks, and what a pointer reads. */
final class Plot {

    private final Markup out;
    private final double left;
    private final double right;

    /**
     * A plot between two margins.
     *
     * @param left where lines across begin
     * @param right where they end
     */
    Plot(Markup out, double left, double right) {
        this.out = out;
        this.left = left;
        this.right = right;
    }

    /** Opens the picture. */
    void open(String className, double width, double height, String label) {
        out.open(
                "svg",
                "class",
                className,
                "viewBox",
                "0 0 " + Markup.length(width) + " " + Markup.length(height),
                "role",
                "img",
                "tabindex",
                "0",
                "aria-label",
                label);
    }

    /** A line across at a height, with its mark to the left. */
    void line(double y, String mark) {
        out.empty(
                "line",
                "class",
                "grid",
                "x1",
                Markup.length(left),
                "x2",
                Markup.length(right),
                "y1",
                Markup.length(y),
                "y2",
                Markup.length(y));
        text(mark, "axis end", left - 8, y + 4);
    }

    void text(String text, String className, double x, double y) {
        out.element("text", text, "class", className, "x", Markup.length(x), "y", Markup.length(y));
    }

    /** An area that tells something when it is pointed at. */
    void hit(double x, double y, double width, double height, String tip) {
        out.open(
                "rect",
                "class",
                "hit",
                "x",
                Markup.length(x),
                "y",
                Markup.length(y),
                "width",
                Markup.length(width),
                "height",
                Markup.length(height));
        out.element("title", tip).close();
    }
}

package io.ampacity.reports.paper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture of numbers. Its series are also told in words or in a table, so that no reader depends on sight. */
public sealed interface Chart extends Block {

    String title();

    /** How the numbers of a chart are written. */
    enum Scale {
        COUNT,
        USD,
        RATE,
        SHARE,
        SECONDS,
        WATTS;

        /** The number as text. */
        public String print(double value) {
            return switch (this) {
                case COUNT -> Numerals.count(value);
                case USD -> Numerals.usd(value);
                case RATE -> Numerals.rate(value) + Numerals.JOIN + "/s";
                case SHARE -> Numerals.share(value);
                case SECONDS -> Numerals.seconds(value);
                case WATTS -> Numerals.power(value);
            };
        }

        /** The number as a mark on an axis, where it is round. */
        public String mark(double value) {
            return print(value).replaceFirst("\\.0+(?=[^0-9]|$)", "");
        }
    }

    /**
     * Values under one name.
     *
     * @param hue which colour of the palette; the same thing has the same hue in every chart of a paper;
     *     {@link #NEUTRAL} for what is not told apart by colour
     * @param values one a category or bucket; NaN where there is none
     */
    record Series(String name, int hue, List<Double> values) {

        /** No colour of the palette. */
        public static final int NEUTRAL = -1;

        public Series {
            name = PlainText.of(name);
            values = List.copyOf(values);
        }

        double at(int index) {
            return values.get(index);
        }
    }

    /** One bar a category, cut into series. */
    record StackedBars(String title, Scale scale, List<String> categories, List<Series> series) implements Chart {
        public StackedBars {
            title = PlainText.of(title);
            categories = categories.stream().map(PlainText::of).toList();
            series = List.copyOf(series);
        }

        /** Height of a bar. */
        public double total(int category) {
            double total = 0;
            for (Series one : series) {
                total += one.at(category);
            }
            return total;
        }
    }

    /**
     * Several panels over one time axis.
     *
     * @param startSeconds start of each bucket
     * @param endSeconds end of the last bucket
     */
    record Timeline(
            String title, List<Double> startSeconds, double endSeconds, List<Panel> panels, List<Window> windows)
            implements Chart {
        public Timeline {
            title = PlainText.of(title);
            startSeconds = List.copyOf(startSeconds);
            panels = List.copyOf(panels);
            windows = List.copyOf(windows);
        }

        public int buckets() {
            return startSeconds.size();
        }

        /** Whether there is any time to draw. */
        public boolean hasLength() {
            return !startSeconds.isEmpty() && endSeconds > startSeconds.getFirst() && Double.isFinite(endSeconds);
        }

        /** End of a bucket in seconds. */
        public double bucketEnd(int bucket) {
            return bucket + 1 < startSeconds.size() ? startSeconds.get(bucket + 1) : endSeconds;
        }
    }

    /**
     * Lines and points over two axes of numbers. Its numbers stand in a table beside it.
     *
     * @param points marked places, each with its name beside it
     */
    record Plot(String title, Axis x, Axis y, List<Line> lines, List<Place> points) implements Chart {
        public Plot {
            title = PlainText.of(title);
            lines = List.copyOf(lines);
            points = List.copyOf(points);
        }
    }

    /**
     * An axis of a {@link Plot}.
     *
     * @param unit what stands after each number; may be empty
     * @param logarithmic whether equal factors are equally far apart; then all values must be above 0
     */
    record Axis(String title, String unit, boolean logarithmic) {
        public Axis {
            title = PlainText.of(title);
            unit = PlainText.of(unit);
        }
    }

    /** A line of a {@link Plot} through its places, in order of x. */
    record Line(String name, int hue, List<Double> xs, List<Double> ys) {
        public Line {
            name = PlainText.of(name);
            xs = List.copyOf(xs);
            ys = List.copyOf(ys);
            if (xs.size() != ys.size()) {
                throw new IllegalArgumentException(
                        "the line \"" + name + "\" has " + xs.size() + " places and " + ys.size() + " heights");
            }
        }
    }

    /** A named place of a {@link Plot}. */
    record Place(String name, int hue, double x, double y) {
        public Place {
            name = PlainText.of(name);
        }
    }

    /**
     * One panel of a {@link Timeline}.
     *
     * @param stacked whether the series add up to a whole
     * @param top the highest value shown; null to take it from the values
     * @param target a value to compare with; null when there is none
     */
    record Panel(
            String title,
            Scale scale,
            boolean stacked,
            @Nullable Double top,
            @Nullable Double target,
            List<Series> series) {
        public Panel {
            title = PlainText.of(title);
            series = List.copyOf(series);
        }
    }

    /** A stretch of time that is marked, such as a failure. */
    record Window(String name, double startSeconds, double endSeconds) {
        public Window {
            name = PlainText.of(name);
        }
    }
}

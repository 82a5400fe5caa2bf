package io.ampacity.reports.paper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a paper. All text in it is {@link PlainText}. */
public sealed interface Block
        permits Block.Paragraph,
                Block.Tiles,
                Block.Table,
                Block.Checks,
                Block.Points,
                Block.Entries,
                Block.Folded,
                Block.InFull,
                Block.InBrief,
                Chart {

    /** A sentence or a few. */
    record Paragraph(String text, Tone tone) implements Block {
        public Paragraph {
            text = PlainText.of(text);
        }

        public Paragraph(String text) {
            this(text, Tone.PLAIN);
        }
    }

    /** The few numbers that a reader takes away. */
    record Tiles(List<Tile> tiles) implements Block {
        public Tiles {
            tiles = List.copyOf(tiles);
        }
    }

    /** One number with its name and a word on it. */
    record Tile(String label, Cell value, String note) {
        public Tile {
            label = PlainText.of(label);
            note = PlainText.of(note);
        }
    }

    /**
     * Rows of equal columns.
     *
     * @param caption what the table shows
     * @param note what a reader must know to read it; null when nothing
     */
    record Table(
            String caption,
            List<Column> columns,
            List<List<Cell>> rows,
            @Nullable String note) implements Block {
        public Table {
            caption = PlainText.of(caption);
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            note = note == null ? null : PlainText.of(note);
            for (List<Cell> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("a row of the table \"" + caption + "\" has " + row.size()
                            + " cells for " + columns.size() + " columns");
                }
            }
        }
    }

    /** Rules, each with how it stands. */
    record Checks(List<Check> checks) implements Block {
        public Checks {
            checks = List.copyOf(checks);
        }
    }

    /** A rule, whether it is met, and by how much. */
    record Check(Mark mark, String rule, String detail) {
        public Check {
            rule = PlainText.of(rule);
            detail = PlainText.of(detail);
        }
    }

    /** A list of statements. */
    record Points(List<Point> points) implements Block {
        public Points {
            points = List.copyOf(points);
        }
    }

    /** A statement: what it is about, and what is said of it. */
    record Point(String lead, String text) {
        public Point {
            lead = PlainText.of(lead);
            text = PlainText.of(text);
        }
    }

    /** Terms and what they stand for. */
    record Entries(List<Entry> entries) implements Block {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /** A term and what it stands for. */
    record Entry(String term, String meaning) {
        public Entry {
            term = PlainText.of(term);
            meaning = PlainText.of(meaning);
        }
    }

    /** Blocks of detail that a reader unfolds where the form can fold. */
    record Folded(String summary, List<Block> blocks) implements Block {
        public Folded {
            summary = PlainText.of(summary);
            blocks = List.copyOf(blocks);
        }
    }

    /** Blocks for which only a document has room. */
    record InFull(List<Block> blocks) implements Block {
        public InFull {
            blocks = List.copyOf(blocks);
        }
    }

    /** Blocks that stand for fuller ones where room is short. */
    record InBrief(List<Block> blocks) implements Block {
        public InBrief {
            blocks = List.copyOf(blocks);
        }
    }
}

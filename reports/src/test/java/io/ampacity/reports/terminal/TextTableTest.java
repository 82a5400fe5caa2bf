package io.ampacity.reports.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.reports.paper.Block;
import io.ampacity.reports.paper.Cell;
import io.ampacity.reports.paper.Column;
import io.ampacity.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void wordsStandLeftAndNumbersRight() {
        Block.Table table = new Block.Table(
                "",
                List.of(Column.text("site"), Column.number("chips")),
                List.of(List.of(Cell.text("paris"), Cell.count(8)), List.of(Cell.text("x"), Cell.count(12_480))),
                null);
        assertThat(new TextTable(Terminal.plain(), table, 78).lines())
                .containsExactly("site    chips", "paris       8", "x      12,480");
    }

    @Test
    void numbersAreNeverCut() {
        Block.Table table = new Block.Table(
                "",
                List.of(
                        Column.text("site"),
                        Column.number("chips"),
                        Column.number("later").withPriority(2)),
                List.of(List.of(Cell.text("a".repeat(60)), Cell.text("123,456,789"), Cell.text("987,654,321"))),
                null);
        List<String> lines = new TextTable(Terminal.plain(), table, 35).lines();
        assertThat(lines.get(1)).isEqualTo("aaaaaaaa…  123,456,789  987,654,321");
        lines = new TextTable(Terminal.plain(), table, 30).lines();
        assertThat(lines.get(1)).endsWith("…  123,456,789");
        assertThat(lines.get(2)).isEqualTo("not shown: later");
    }

    @Test
    void noLineOfARandomTableIsTooLong() {
        long seed = Seeds.SEED;
        Random random = new Random(seed);
        String letters = "abc dé数🚀e\u0301";
        for (int run = 0; run < 400; run++) {
            List<Column> columns = new ArrayList<>();
            columns.add(Column.text("first"));
            int width = 1 + random.nextInt(14);
            for (int i = 1; i < width; i++) {
                Column column = random.nextInt(4) == 0 ? Column.bar() : Column.text("c" + i);
                columns.add(
                        (random.nextBoolean() ? column : Column.number("n" + i)).withPriority(1 + random.nextInt(60)));
            }
            List<List<Cell>> rows = new ArrayList<>();
            for (int r = 0; r < 5; r++) {
                List<Cell> row = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    StringBuilder text = new StringBuilder();
                    int length = random.nextInt(30);
                    for (int k = 0; k < length; k++) {
                        int at = random.nextInt(letters.length());
                        text.append(letters.charAt(at));
                    }
                    row.add(Cell.number(text.toString(), random.nextDouble()));
                }
                rows.add(row);
            }
            int room = 38 + random.nextInt(120);
            for (String line :
                    new TextTable(Terminal.plain(), new Block.Table("", columns, rows, null), room).lines()) {
                assertThat(DisplayWidth.of(line))
                        .as("seed %d, run %d: %s", seed, run, line)
                        .isLessThanOrEqualTo(room);
            }
        }
    }
}

package io.ampacity.traces.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.ampacity.documents.DocumentException;
import io.ampacity.testing.Seeds;
import io.ampacity.traces.Request;
import io.ampacity.traces.RequestSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestCsvReaderTest {

    private static final String HEADER = "arrival_s,prompt_tokens,output_tokens\n";

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("trace.csv"), content);
    }

    private List<Request> read(String content) throws IOException {
        try (RequestSource source = Traces.open(file(content))) {
            return Request.all(source);
        }
    }

    @Test
    void rowsBecomeRequests() throws IOException {
        assertThat(read(HEADER + "0,374,44\n0.5,396,109\n1e1,879,55\n"))
                .containsExactly(Request.plain(0, 374, 44), Request.plain(0.5, 396, 109), Request.plain(10, 879, 55));
    }

    @Test
    void columnsMayStandInAnyOrderAmongOthers() throws IOException {
        assertThat(read("""
                        id,Output_Tokens, prompt_tokens ,pool,arrival_s,session
                        9,44,"374","a,b",0.25,7
                        8,1,2,,0.5,
                        7,1,2,,0.5,chat-a
                        6,1,2,,0.5,chat-a
                        """)).satisfies(all -> {
            assertThat(all.getFirst()).isEqualTo(new Request(0.25, 374, 44, 7, List.of()));
            assertThat(all.get(1).session()).isEqualTo(-1);
            assertThat(all.get(2).session()).isPositive().isEqualTo(all.get(3).session());
        });
    }

    @Test
    void prefixBlocksAreRead() throws IOException {
        List<Request> all = read("""
                arrival_s,prompt_tokens,output_tokens,prefix_blocks,prefix_block_tokens
                0,40,1,5 -7 9223372036854775807,16
                1,3,1,,16
                """);
        assertThat(all.getFirst().blocks()).containsExactly(5L, -7L, Long.MAX_VALUE);
        assertThat(all.get(1).blocks()).isEmpty();
    }

    @Test
    void lineEndsByteOrderMarkBlankLinesAndAMissingLastLineEndDoNotMatter() throws IOException {
        assertThat(read("\uFEFFarrival_s,prompt_tokens,output_tokens\r\n\r\n1,2,3\r\n\n2,3.0,4"))
                .containsExactly(Request.plain(1, 2, 3), Request.plain(2, 3, 4));
    }

    @Test
    void gzippedFilesAreReadAsTheyAre() throws IOException {
        Path file = folder.resolve("trace.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + "1,2,3\n").getBytes(StandardCharsets.UTF_8));
        }
        try (RequestSource source = Traces.open(file)) {
            assertThat(Request.all(source)).containsExactly(Request.plain(1, 2, 3));
            source.rewind();
            assertThat(Request.all(source)).containsExactly(Request.plain(1, 2, 3));
        }
    }

    @Test
    void smallDisorderIsSortedStably() throws IOException {
        SplittableRandom random = Seeds.random();
        StringBuilder text = new StringBuilder(HEADER);
        List<Request> wanted = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            // Each row is at most 1000 rows from its place.
            Request request = Request.plain(Math.floor(i + random.nextDouble() * 1000) / 8, i, 1);
            wanted.add(request);
            text.append(request.arrival()).append(',').append(i).append(",1\n");
        }
        wanted.sort((a, b) -> Double.compare(a.arrival(), b.arrival()));
        assertThat(read(text.toString())).as(Seeds.told()).isEqualTo(wanted);
    }

    @Test
    void greatDisorderIsRefusedWithItsRow() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 10_000; i++) {
            text.append(i + 10).append(",1,1\n");
        }
        text.append("3,1,1\n");
        assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("trace.csv:10002:1 arrival_s")
                .hasMessageContaining("\"3\" is out of order")
                .hasMessageContaining("Maybe sort");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1,2,3|:2:1 arrival_s|\"-1\" is negative",
                "NaN,2,3|:2:1 arrival_s|\"NaN\" is not a number",
                "Infinity,2,3|:2:1 arrival_s|is not a number",
                "1e999,2,3|:2:1 arrival_s|is too large",
                "1e15,2,3|:2:1 arrival_s|nanoseconds",
                ",2,3|:2:1 arrival_s|is empty",
                "1,-2,3|:2:3 prompt_tokens|\"-2\" is negative",
                "1,2.5,3|:2:3 prompt_tokens|not a whole number",
                "1,2,99999999999|:2:5 output_tokens|more tokens",
                "1,2,abc|:2:5 output_tokens|\"abc\" is not a number",
                "1,2,|:2:5 output_tokens|is empty",
                "1,2|:2:1|has 2 fields, not 3",
                "1,2,3,4|:2:1|has 4 fields, not 3",
                "1,\"2,3|:2:3|quote",
                "1-2,2,3|:2:1 arrival_s|\"1-2\" is not a number",
                "0x10,2,3|:2:1 arrival_s|is not a number",
            },
            quoteCharacter = '\'')
    void aBadRowIsToldWithPlaceValueAndAdvice(String row, String place, String problem) {
        assertThatThrownBy(() -> read(HEADER + row + "\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("trace.csv" + place)
                .hasMessageContaining(problem)
                .hasMessageContaining("Maybe ");
    }

    @Test
    void aMissingColumnAHeaderTwiceAnEmptyFileAndAMissingFileAreTold() {
        assertThatThrownBy(() -> new RequestCsvReader(file("arrival_s,prompt_tokens\n1,2\n")))
                .hasMessageContaining("does not name the column \"output_tokens\"");
        assertThatThrownBy(() -> new RequestCsvReader(file("0,374,44\n")))
                .hasMessageContaining("the first line is missing");
        assertThatThrownBy(() -> read("arrival_s,prompt_tokens,output_tokens,arrival_s\n"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> new RequestCsvReader(file(""))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> Traces.open(folder.resolve("absent.csv"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> read("x;y\n1;2\n")).hasMessageContaining("is no known trace");
    }

    @Test
    void aRowOfTenMegabytesIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> read(HEADER + "1,2,3\n" + "7".repeat(10 << 20)))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("trace.csv:3:1")
                .hasMessageContaining("longer than 1 MiB")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
    }

    @Test
    void anArchiveThatWasCutOffIsToldAsUnreadable() throws IOException {
        Path file = folder.resolve("cut.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + "1,2,3\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> Request.all(Traces.open(file)))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("copied whole");
    }

    /** The oracle is another CSV library and the JDK's own parsing of numbers. */
    @Test
    void randomTracesReadAsFastCsvReadsThem() throws IOException {
        SplittableRandom random = Seeds.random();
        for (int round = 0; round < 30; round++) {
            StringBuilder text = new StringBuilder("\"prompt_tokens\",note,arrival_s,output_tokens\n");
            double arrival = 0;
            for (int i = random.nextInt(200); i >= 0; i--) {
                arrival +=
                        random.nextInt(3) == 0 ? 0 : random.nextDouble() * StrictMath.pow(10, random.nextInt(-12, 6));
                String quote = random.nextBoolean() ? "\"" : "";
                text.append(quote)
                        .append(random.nextInt(1 << random.nextInt(31)))
                        .append(quote);
                text.append(random.nextBoolean() ? ",\"a \"\"b\"\", c\"," : ",x y,");
                text.append(arrival)
                        .append(',')
                        .append(random.nextInt(5000))
                        .append(random.nextBoolean() ? "\n" : "\r\n");
            }
            List<Request> wanted = new ArrayList<>();
            de.siegmar.fastcsv.reader.CsvReader.builder()
                    .ofNamedCsvRecord(text.toString())
                    .forEach(row -> wanted.add(request(row)));
            assertThat(read(text.toString())).as(Seeds.told()).isEqualTo(wanted);
        }
    }

    private static Request request(NamedCsvRecord row) {
        return Request.plain(
                Double.parseDouble(row.getField("arrival_s")),
                Integer.parseInt(row.getField("prompt_tokens")),
                Integer.parseInt(row.getField("output_tokens")));
    }

    @Test
    void readingAllocatesNothingPerRequest() throws IOException {
        StringBuilder text = new StringBuilder("arrival_s,prompt_tokens,output_tokens,session\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i * 0.125)
                    .append(',')
                    .append(i % 4000)
                    .append(",17,")
                    .append(i / 3)
                    .append('\n');
        }
        try (RequestSource source = Traces.open(file(text.toString()))) {
            assertThat(source.next()).isTrue();
            var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            int requests = 1;
            while (source.next()) {
                requests++;
            }
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(requests).isEqualTo(200_000);
            assertThat(bytes / (double) requests).isLessThan(0.5);
        }
    }
}

package io.ampacity.traces.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentException;
import io.ampacity.traces.Request;
import io.ampacity.traces.RequestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherReadersTest {

    private static final String AZURE = "TIMESTAMP,ContextTokens,GeneratedTokens\r\n";
    private static final String BURST = "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n";

    @TempDir
    Path folder;

    private List<Request> read(String content) throws IOException {
        try (RequestSource source = Traces.open(Files.writeString(folder.resolve("trace"), content))) {
            List<Request> all = Request.all(source);
            source.rewind();
            assertThat(Request.all(source)).isEqualTo(all);
            return all;
        }
    }

    @Test
    void azureTimesCountFromTheFirstRequestAcrossMidnight() throws IOException {
        assertThat(read(AZURE + "2023-12-31 23:59:59.7500000,374,44\r\n2024-01-01 00:00:00.2500001,396,109"))
                .containsExactly(Request.plain(0, 374, 44), Request.plain(0.5000001, 396, 109));
    }

    @Test
    void azureTimesMayCarryAnOffsetOrNoFraction() throws IOException {
        assertThat(read(AZURE
                        + "2024-05-10 00:00:00.009930+00:00,1,1\n2024-05-10T01:00:01.009930+01:00,1,1\n"
                        + "2024-05-10 00:00:02Z,1,1\n"))
                .extracting(Request::arrival)
                .containsExactly(0.0, 1.0, 1.99007);
    }

    @Test
    void azureRowsOutOfOrderAreSortedEvenBeforeTheFirst() throws IOException {
        assertThat(read(AZURE + "2024-05-10 00:00:01,1,1\n2024-05-10 00:00:00,2,1\n"))
                .containsExactly(Request.plain(0, 2, 1), Request.plain(1, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2023-02-30 00:00:00",
                "2023-11-16 25:00:00",
                "2023-11-16 18:17",
                "2023-11-16 18:17:03.97x",
                "9999-01-01 00:00:00",
                "0001-01-01 00:00:00",
                "2023-11-16 18:17:03+1:00",
                ""
            })
    void azureTimesThatAreNoneAreRefused(String time) {
        assertThatThrownBy(() -> read(AZURE + time + ",1,1\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining(":2:1 TIMESTAMP")
                .hasMessageContaining("is not a time");
    }

    @Test
    void burstGptLeavesFailuresOutUnlessAskedFor() throws IOException {
        String text = BURST + "5,ChatGPT,472,18,490,Conversation log\n45,GPT-4,1087,0,1087,API log\n"
                + "118.5,GPT-4,417,276,693,Conversation log\n";
        assertThat(read(text)).containsExactly(Request.plain(5, 472, 18), Request.plain(118.5, 417, 276));
        try (BurstGptTraceReader all = new BurstGptTraceReader(folder.resolve("trace"), true)) {
            assertThat(Request.all(all)).hasSize(3);
            assertThat(all.failures()).isEqualTo(1);
        }
    }

    @Test
    void burstGptSessionsAreReadWhereTheReleaseHasThem() throws IOException {
        List<Request> all = read("Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,"
                + "Log Type\n1,a1b2,3.5,GPT-4,10,20,30,Conversation log\n2,a1b2,1,GPT-4,40,5,45,Conversation log\n"
                + "3,,1,GPT-4,40,5,45,API log\n");
        assertThat(all.get(0).session()).isNotNegative().isEqualTo(all.get(1).session());
        assertThat(all.get(2).session()).isEqualTo(RequestSource.UNKNOWN_SESSION);
    }

    @Test
    void mooncakeLinesMayHoldMembersInAnyOrderAndOthersBesides() throws IOException {
        assertThat(read(
                        "{\"timestamp\": 27482, \"input_length\": 6955, \"output_length\": 52, \"hash_ids\": [46, 47]}\n"
                                + "{\"hash_ids\":[],\"x\":{\"a\":[1,{\"b\":\"}\\\"\"}],\"c\":null},\"output_length\":2,"
                                + "\"timestamp\":27483.5,\"input_length\":3}\n"))
                .containsExactly(new Request(27.482, 6955, 52, -1, List.of(46L, 47L)), Request.plain(27.4835, 3, 2));
    }

    @Test
    void mooncakeNamesOfBlocksMayBeText() throws IOException {
        List<Request> all = read("""
                {"timestamp":0,"input_length":600,"output_length":1,"hash_ids":["9c9f","aa"]}
                {"timestamp":1,"input_length":600,"output_length":1,"hash_ids":["9c9f","ab"]}
                """);
        assertThat(all.get(0).blocks().get(0)).isEqualTo(all.get(1).blocks().get(0));
        assertThat(all.get(0).blocks().get(1)).isNotEqualTo(all.get(1).blocks().get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"timestamp\": 1}",
                "{\"timestamp\": 1, \"input_length\": 2, \"output_length\": 3} {",
                "{\"timestamp\": -1, \"input_length\": 2, \"output_length\": 3}",
                "{\"timestamp\": null, \"input_length\": 2, \"output_length\": 3}",
                "{\"timestamp\": 1, \"input_length\": NaN, \"output_length\": 3}",
                "{\"timestamp\": 1, \"input_length\": 2, \"output_length\": 3.5}",
                "{\"timestamp\": 1, \"input_length\": 2, \"output_length\": 3, \"hash_ids\": [1, ]}",
                "{\"timestamp\": 1, \"input_length\": 2, \"output_length\": 3, \"hash_ids\": [x]}",
                "{\"timestamp\": 1, \"input_length\": 2, \"output_length\": 3, \"hash_ids\": [1",
                "{\"timestamp\": 1, \"input_length\": 2, \"output_length\": 3, \"x\": \"\\",
            })
    void mooncakeLinesThatAreNotWholeAreRefusedWithTheirLine(String line) {
        assertThatThrownBy(() -> read("{\"timestamp\":0,\"input_length\":1,\"output_length\":1}\n" + line + "\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("trace:2:")
                .hasMessageContaining("Maybe ");
    }

    @Test
    void everyFormatIsFoundByItsName() {
        for (TraceFormat format : TraceFormat.values()) {
            assertThat(TraceFormat.of(format.id())).contains(format);
        }
        assertThat(TraceFormat.of("AZURE")).contains(TraceFormat.AZURE);
        assertThat(TraceFormat.of("csv")).isEmpty();
    }

    @Test
    void parquetThatIsNoneIsRefused() throws IOException {
        Path junk = Files.writeString(folder.resolve("x.parquet"), "PAR1 but no more");
        assertThatThrownBy(() -> Traces.open(junk))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("cannot be read as Parquet");
        assertThatThrownBy(() -> Traces.open(folder.resolve("absent"), TraceFormat.PARQUET))
                .isInstanceOf(DocumentException.class);
    }
}

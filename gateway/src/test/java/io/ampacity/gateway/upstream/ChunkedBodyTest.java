package io.ampacity.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ampacity.testing.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.InvalidChunkExtensionException;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ChunkedBodyTest {

    private static final int HEAD_BYTES = 8192;
    private static final String HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final String BODY = String.join(
            "\r\n",
            "6",
            "data: ",
            "10;name=\"a;b\"",
            "{\"choices\":[1]}\n",
            "0001 ;x",
            "\n",
            "C",
            "data: [DONE]",
            "2",
            "\n\n",
            "0",
            "server-timing: a",
            "x-trailer: b",
            "",
            "");
    private static final String SAID = """
            data: {"choices":[1]}

            data: [DONE]

            """;

    /** What a listener heard. */
    private static final class Heard implements Reply {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final List<String> events = new ArrayList<>();

        @Override
        public void head(HttpResponse head) {
            events.add("head");
        }

        @Override
        public void body(byte[] bytes, int from, int to) {
            body.write(bytes, from, to - from);
        }

        @Override
        public void pause() {}

        @Override
        public void end() {
            events.add("end");
        }

        @Override
        public void lost() {
            events.add("lost");
        }

        @Override
        public void malformed() {
            events.add("malformed");
        }

        String said() {
            return body.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** A connection over no socket. */
    private static final class Line {
        private final IdleConnections home = new IdleConnections(new Manners("up", id -> {}));
        private final Connection connection = new Connection(
                home,
                fault -> {
                    throw new AssertionError(fault);
                },
                made -> new AnswerDecoder(made, HEAD_BYTES, HEAD_BYTES, HEAD_BYTES),
                HEAD_BYTES);
        private final EmbeddedChannel channel = new EmbeddedChannel(connection.decoder(), connection);

        Heard ask() {
            Heard heard = new Heard();
            connection.lend();
            connection.send(Unpooled.buffer().writeByte('?'), heard);
            return heard;
        }

        void say(byte[] bytes, int from, int to) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
            }
        }

        void say(String text) {
            byte[] bytes = bytes(text);
            say(bytes, 0, bytes.length);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aBodyIsTheSameWhereverItsBytesAreCut() {
        byte[] answer = bytes(HEAD + BODY);
        for (int first = 1; first < answer.length; first++) {
            for (int second : List.of(first, Math.min(first + 1, answer.length), Math.min(first + 7, answer.length))) {
                Line line = new Line();
                Heard heard = line.ask();
                line.say(answer, 0, first);
                line.say(answer, first, second);
                line.say(answer, second, answer.length);
                assertThat(heard.said()).as("cut at %d and %d", first, second).isEqualTo(SAID);
                assertThat(heard.events).containsExactly("head", "end");
            }
        }
    }

    @Test
    void aBodyIsTheSameByteByByte() {
        byte[] answer = bytes(HEAD + BODY);
        Line line = new Line();
        Heard heard = line.ask();
        for (int i = 0; i < answer.length; i++) {
            assertThat(heard.events).doesNotContain("end");
            line.say(answer, i, i + 1);
        }
        assertThat(heard.said()).isEqualTo(SAID);
        assertThat(heard.events).containsExactly("head", "end");
    }

    @Test
    void aConnectionServesOneAnswerAfterTheOther() {
        Line line = new Line();
        for (int i = 0; i < 3; i++) {
            Heard heard = line.ask();
            line.say(HEAD + BODY);
            assertThat(heard.said()).isEqualTo(SAID);
            assertThat(line.home.take()).isSameAs(line.connection);
            Heard plain = line.ask();
            line.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
            assertThat(plain.said()).isEqualTo("{}");
            assertThat(plain.events).containsExactly("head", "end");
            assertThat(line.home.take()).isSameAs(line.connection);
        }
    }

    @Test
    void whoeverSaysMoreThanItWasAskedForIsNotAskedAgain() {
        Line line = new Line();
        Heard heard = line.ask();
        line.say(HEAD + BODY + "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nsomebody's");
        assertThat(heard.said()).isEqualTo(SAID);
        assertThat(heard.events).containsExactly("head", "end");
        assertThat(line.channel.isOpen()).isFalse();
        assertThat(line.home.take()).isNull();
    }

    @Test
    void whatIsNoChunkIsMalformed() {
        for (String broken : List.of(
                "zz\r\n",
                "\r\n",
                ";x\r\n",
                "-1\r\n",
                "0x5\r\n",
                "5\n",
                "5 \r\n",
                "5 x\r\n",
                "5;\u0001\r\n",
                "5\rhello",
                "5\r\nhello!\r\n",
                "5\r\nhello\n",
                "5\r\nhello\r\r",
                "ffffffffffffffff\r\n",
                "7fffffffffffffffffffff\r\n",
                "0\r\nx: y\n",
                "0\r\n\n",
                "0\r\n\rx",
                "1;" + "x".repeat(9000) + "\r\n",
                "0\r\nx: " + "y".repeat(9000) + "\r\n\r\n")) {
            Line line = new Line();
            Heard heard = line.ask();
            line.say(HEAD + broken);
            assertThat(heard.events).as(broken).containsExactly("head", "malformed");
            assertThat(line.channel.isOpen()).as(broken).isFalse();
            assertThat(line.home.take()).as(broken).isNull();
        }
    }

    @Test
    void aConnectionThatEndsInTheMiddleIsLost() {
        byte[] answer = bytes(HEAD + BODY);
        for (int cut = HEAD.length(); cut < answer.length; cut++) {
            Line line = new Line();
            Heard heard = line.ask();
            line.say(answer, 0, cut);
            line.channel.close();
            assertThat(heard.events).as("cut at %d", cut).containsExactly("head", "lost");
        }
    }

    /** Netty's own decoder is the other program: what we take for whole it takes for whole, with the same bytes. */
    @Test
    void nothingIsTakenForWholeThatAnotherDecoderRefuses() {
        SplittableRandom random = Seeds.random();
        int whole = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] body = random.nextBoolean() ? bytes(BODY) : chunks(random);
            for (int i = random.nextInt(4); i > 0; i--) {
                body[random.nextInt(body.length)] = changed(random);
            }
            Line line = new Line();
            Heard heard = line.ask();
            line.say(HEAD);
            int cut = random.nextInt(body.length);
            line.say(body, 0, cut);
            line.say(body, cut, body.length);
            if (heard.events.contains("end")) {
                whole++;
                assertThat(heard.said())
                        .as("%s, round %d: %s", Seeds.told(), round, new String(body, StandardCharsets.ISO_8859_1))
                        .startsWith(byNetty(body));
            }
        }
        assertThat(whole).isBetween(5_000, 19_000);
    }

    private static byte changed(SplittableRandom random) {
        byte[] likely = bytes("\r\n0123456789abcdefF;: \t-xg\0");
        return random.nextInt(4) == 0 ? (byte) random.nextInt(256) : likely[random.nextInt(likely.length)];
    }

    private static byte[] chunks(SplittableRandom random) {
        StringBuilder body = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            String data = "d".repeat(1 + random.nextInt(40));
            body.append(Integer.toHexString(data.length()))
                    .append(random.nextInt(5) == 0 ? ";e=1" : "")
                    .append("\r\n")
                    .append(data)
                    .append("\r\n");
        }
        return bytes(body.append(random.nextInt(3) == 0 ? "00\r\na: b\r\n\r\n" : "0\r\n\r\n")
                .toString());
    }

    private static String byNetty(byte[] body) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseDecoder(HEAD_BYTES, HEAD_BYTES, HEAD_BYTES));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes(HEAD), body));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        boolean whole = false;
        Object next = channel.readInbound();
        while (next != null && !whole) {
            Throwable fault = ((HttpObject) next).decoderResult().cause();
            if (fault instanceof InvalidChunkExtensionException
                    || (fault instanceof IllegalArgumentException && !(fault instanceof NumberFormatException))) {
                // An extension or a trailer that is none: we read over them all.
                return said.toString(StandardCharsets.ISO_8859_1);
            }
            if (fault != null) {
                return "malformed: " + fault;
            }
            if (next instanceof HttpContent content) {
                ByteBuf bytes = content.content();
                byte[] copy = new byte[bytes.readableBytes()];
                bytes.readBytes(copy);
                said.writeBytes(copy);
                content.release();
                whole = next instanceof LastHttpContent;
            }
            next = channel.readInbound();
        }
        return whole ? said.toString(StandardCharsets.ISO_8859_1) : "not whole";
    }
}

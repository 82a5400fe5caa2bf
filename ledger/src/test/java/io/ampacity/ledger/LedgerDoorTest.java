package io.ampacity.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An embedded ledger that another process has open. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LedgerDoorTest {

    @TempDir
    Path folder;

    /** The other process. */
    private static final class Holder implements AutoCloseable {
        private final Process process;
        private final BufferedReader says;

        Holder(Path folder, String door) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            LedgerHolder.class.getName(),
                            folder.toString(),
                            door)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            says = process.inputReader(StandardCharsets.US_ASCII);
            assertThat(says.readLine()).isEqualTo("open");
        }

        int deeds() throws IOException {
            process.outputWriter().write('?');
            process.outputWriter().flush();
            return Integer.parseInt(says.readLine());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws IOException {
            process.outputWriter().close();
            process.onExit().join();
        }
    }

    private LedgerAddress address() {
        return LedgerAddress.folder(folder);
    }

    private static Ledger.Deed deed(String action) {
        return new Ledger.Deed(Instant.now(), "visitor", "test", action, "");
    }

    @Test
    void aVisitorReadsAndWritesBesideTheOwner() throws Exception {
        try (Holder holder = new Holder(folder, "door")) {
            try (Ledger visited = Ledger.visit(address())) {
                assertThat(visited.audited(Instant.EPOCH))
                        .extracting(Ledger.Deed::action)
                        .containsExactly("opened");
                visited.audit(deed("visited"));
                assertThat(visited.holdings().requests()).isZero();
                assertThat(visited.address().toString()).doesNotContainPattern("[0-9a-f]{64}");
            }
            assertThat(holder.deeds()).isEqualTo(2);
        }
        assertThat(folder.resolve("ledger.door")).doesNotExist();
        try (Ledger alone = Ledger.visit(address())) {
            assertThat(alone.audited(Instant.EPOCH)).hasSize(2);
        }
    }

    @Test
    void thereIsOneOwnerAtATime() throws Exception {
        try (Holder holder = new Holder(folder, "door")) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> Ledger.own(address()))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("another gateway");
            assertThat(System.nanoTime() - began).isLessThan(4_000_000_000L);
            assertThat(holder.deeds()).isEqualTo(1);
        }
    }

    @Test
    void anOwnerWaitsForACommandToEnd() throws Exception {
        Holder command = new Holder(folder, "no door");
        Thread.ofVirtual().start(() -> {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L);
            try {
                command.close();
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });
        try (Ledger owned = Ledger.own(address())) {
            assertThat(owned.audited(Instant.EPOCH)).hasSize(1);
        }
    }

    @Test
    void theDoorOfAnOwnerWhoWasKilledIsInNobodysWay() throws Exception {
        try (Holder holder = new Holder(folder, "door")) {
            holder.kill();
        }
        assertThat(folder.resolve("ledger.door")).exists();
        int kept;
        try (Ledger free = Ledger.visit(address())) {
            // What was written in the last moment may be lost here: the journal has it.
            kept = free.audited(Instant.EPOCH).size();
        }
        try (Holder next = new Holder(folder, "door");
                Ledger visited = Ledger.visit(address())) {
            assertThat(visited.audited(Instant.EPOCH)).hasSize(kept + 1);
            assertThat(next.deeds()).isEqualTo(kept + 1);
        }
    }

    @Test
    void nobodyEntersWithoutTheKeyAndOnlyTheOwnersUserCanReadIt() throws Exception {
        try (Holder holder = new Holder(folder, "door")) {
            Path door = folder.resolve("ledger.door");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(door)))
                    .isEqualTo("rw-------");
            String port = Files.readString(door).split(" ")[0];
            for (String wrong : new String[] {"0".repeat(64), "file:" + folder.resolve("ledger"), "mem:x"}) {
                LedgerAddress guessed = new LedgerAddress("jdbc:h2:tcp://127.0.0.1:" + port + "/" + wrong, "", "");
                assertThatThrownBy(() -> Ledger.open(guessed)).isInstanceOf(LedgerException.class);
            }
            Files.writeString(door, "nonsense");
            assertThatThrownBy(() -> Ledger.visit(address()))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("in use");
            assertThat(holder.deeds()).isEqualTo(1);
        }
    }
}

package io.ampacity.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a journal says into a ledger, in order and once. A journal is a file and, beside it, those that it was before:
 * the same name with a dot and more behind it. They are deleted once they are in the ledger.
 */
public final class Intake implements AutoCloseable {

    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final Path journal;
    private volatile boolean closed;
    private volatile @Nullable Thread carrier;

    private Intake(Ledger ledger, Path journal) {
        this.ledger = ledger;
        this.journal = journal.toAbsolutePath();
    }

    /** One that carries when it is told to. */
    public static Intake of(Ledger ledger, Path journal) {
        return new Intake(ledger, journal);
    }

    /**
     * One that carries by itself, again after every {@code pace}, until it is closed; then once more.
     *
     * @param faults hears of a ledger that is away; the journal keeps what comes meanwhile
     */
    public static Intake start(Ledger ledger, Path journal, Duration pace, Consumer<RuntimeException> faults) {
        Intake intake = new Intake(ledger, journal);
        intake.carrier = Thread.ofPlatform().name("ledger-intake").daemon().start(() -> intake.carry(pace, faults));
        return intake;
    }

    private void carry(Duration pace, Consumer<RuntimeException> faults) {
        Duration rest = pace;
        while (!closed) {
            LockSupport.parkNanos(rest.toNanos());
            try {
                catchUp();
                rest = pace;
            } catch (LedgerException | UncheckedIOException away) {
                if (!closed) {
                    faults.accept(away);
                }
                Duration longer = rest.multipliedBy(2);
                rest = longer.compareTo(LONGEST_REST) < 0 ? longer : LONGEST_REST;
            }
        }
    }

    /** Carries all that stands in the journal now; how many requests that were. */
    public synchronized long catchUp() {
        long carried = 0;
        try {
            for (Path file : former()) {
                Segment segment = Segment.read(file);
                if (segment != null) {
                    carried += segment.carry(ledger);
                    Files.delete(file);
                }
            }
            Segment open = Files.exists(journal) ? Segment.read(journal) : null;
            if (open != null) {
                carried += open.carry(ledger);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return carried;
    }

    private List<Path> former() throws IOException {
        Path folder = journal.getParent();
        String prefix = journal.getFileName() + ".";
        List<Path> former = new ArrayList<>();
        if (folder != null && Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
                        .sorted()
                        .forEach(former::add);
            }
        }
        return former;
    }

    @Override
    public void close() {
        closed = true;
        Thread open = carrier;
        if (open != null) {
            LockSupport.unpark(open);
            try {
                open.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        catchUp();
    }
}

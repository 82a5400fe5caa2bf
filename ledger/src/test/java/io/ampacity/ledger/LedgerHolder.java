package io.ampacity.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** A process that has an embedded ledger open, as a gateway has, until its input ends. */
final class LedgerHolder {

    private LedgerHolder() {}

    /** Arguments: folder, and whether visitors are received. */
    public static void main(String[] arguments) throws Exception {
        try (Ledger ledger = Ledger.own(LedgerAddress.folder(Path.of(arguments[0])))) {
            if (arguments[1].equals("door")) {
                ledger.receiveVisitors();
            }
            ledger.audit(new Ledger.Deed(Instant.now(), "holder", "test", "opened", ""));
            System.out.write("open\n".getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
            while (System.in.read() >= 0) {
                System.out.write((ledger.audited(Instant.EPOCH).size() + "\n").getBytes(StandardCharsets.US_ASCII));
                System.out.flush();
            }
        }
    }
}

package io.ampacity.ledger;

import java.nio.file.Path;

/** The ledger in a folder. */
final class EmbeddedLedgerTest extends AbstractLedgerTest {

    @Override
    LedgerAddress address(Path folder) {
        return LedgerAddress.folder(folder);
    }
}

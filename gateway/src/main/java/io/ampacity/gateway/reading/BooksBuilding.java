package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.gateway.reading.OperationsTable.LedgerTable;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.ledger.LedgerAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the address of the books of a sound form, and notes what is wrong with it. */
record BooksBuilding(SchemaReading reading, Map<String, String> environment, Path folder) {

    private static final double SECONDS_PER_DAY = 86_400;

    @Nullable LedgerSettings ledger(Form root) {
        Form form = root.valueOrNull(GatewayTable.LEDGER);
        if (form == null || !form.isSound()) {
            return null;
        }
        String place = form.valueOrNull(LedgerTable.FOLDER);
        String address = form.valueOrNull(LedgerTable.ADDRESS);
        if ((place == null) == (address == null)) {
            reading.error(
                    form.place(),
                    null,
                    place == null ? "it is not said where the books are" : "the books cannot be in two places",
                    "write folder: for one gateway, or address: of a PostgreSQL for several");
            return null;
        }
        try {
            return new LedgerSettings(
                    place != null ? LedgerAddress.folder(folder.resolve(place)) : shared(form, String.valueOf(address)),
                    form.value(LedgerTable.KEEP) / SECONDS_PER_DAY);
        } catch (IllegalArgumentException wrong) {
            reading.error(form.place(), null, String.valueOf(wrong.getMessage()), null);
            return null;
        }
    }

    private LedgerAddress shared(Form form, String address) {
        String user = form.valueOrNull(LedgerTable.USER);
        String password = form.valueOrNull(LedgerTable.PASSWORD);
        return new LedgerAddress(
                address,
                user == null ? "" : user,
                password == null
                        ? ""
                        : Credentials.find(password, environment, folder).reveal());
    }
}

package io.ampacity.gateway;

import io.ampacity.gateway.settings.GatewaySettings;
import io.ampacity.gateway.settings.LedgerSettings;
import io.ampacity.gateway.settings.Limits;
import io.ampacity.gateway.settings.UpstreamSettings;
import io.ampacity.ledger.LedgerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A gateway in a process of its own, with journal and ledger: arguments are its upstream's port and its folder. */
final class GatewayToKill {

    private GatewayToKill() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[1]);
        UpstreamSettings upstream = UpstreamSettings.plain("up0", "127.0.0.1", Integer.parseInt(arguments[0]));
        GatewaySettings settings = Bench.settings(Bench.fleet(List.of(upstream)))
                .withLimits(Limits.STANDARD)
                .but(draft -> {
                    draft.replica = "mortal";
                    draft.journal = folder.resolve("requests.jsonl").toString();
                    draft.ledger = new LedgerSettings(LedgerAddress.folder(folder), 30);
                });
        try (Books books = Books.open(settings, null, Throwable::printStackTrace);
                Gateway gateway = Gateway.start(settings, books, Throwable::printStackTrace)) {
            System.out.println("port " + gateway.port());
            new CountDownLatch(1).await();
        }
    }
}

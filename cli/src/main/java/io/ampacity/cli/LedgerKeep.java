package io.ampacity.cli;

import io.ampacity.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ampacity ledger keep}: puts plans, proofs and scenarios into the books. */
@Command(
        name = "keep",
        description = "Keep plans, proofs and scenarios in the books, each under the hash of its content.",
        footerHeading = "%nExample:%n",
        footer = "  ampacity ledger keep plan.json --kind plan --ledger ledger")
final class LedgerKeep extends AbstractAction {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to keep.")
    private List<Path> files = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "plan",
            description = "plan, proof or scenario (default: ${DEFAULT-VALUE}).")
    private String kind = "plan";

    @Mixin
    private LedgerOptions books = new LedgerOptions();

    @Override
    public Integer call() throws IOException {
        if (!List.of("plan", "proof", "scenario").contains(kind)) {
            throw badInput("--kind is " + kind + "; it must be plan, proof or scenario");
        }
        Map<String, Object> hashes = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        try (Ledger ledger = books.open()) {
            for (Path file : files) {
                byte[] bytes = Files.readAllBytes(file);
                String hash = "sha256:" + hash(bytes);
                boolean isNew = ledger.keep(new Ledger.Document(
                        hash, kind, file.toString(), Instant.now(), new String(bytes, StandardCharsets.UTF_8)));
                hashes.put(file.toString(), hash);
                text.append(text.isEmpty() ? "" : System.lineSeparator())
                        .append(hash)
                        .append("  ")
                        .append(file)
                        .append(isNew ? "" : "  (kept before)");
            }
        }
        output().result(hashes, text.toString());
        return ExitCode.FINE;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

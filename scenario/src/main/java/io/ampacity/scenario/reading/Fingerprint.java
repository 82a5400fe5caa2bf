package io.ampacity.scenario.reading;

import io.ampacity.documents.DocumentNode;
import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import io.ampacity.documents.DocumentNode.SequenceNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * The SHA-256 of what a document says: of its keys and values, whatever their order, comments and layout, with the
 * documents it extends merged in.
 */
final class Fingerprint {

    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    /** The fingerprint in hex. */
    static String of(DocumentNode document) {
        try {
            Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
            fingerprint.add(document);
            return HexFormat.of().formatHex(fingerprint.digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Every part is opened and closed by a byte that no UTF-8 text holds, so that no two documents run together. */
    private void add(DocumentNode node) {
        switch (node) {
            case ScalarNode scalar -> {
                digest.update((byte) (scalar.isNull() ? 0xF8 : 0xF9));
                digest.update(scalar.text().getBytes(StandardCharsets.UTF_8));
            }
            case SequenceNode sequence -> {
                digest.update((byte) 0xFA);
                sequence.elements().forEach(this::add);
            }
            case MappingNode mapping -> {
                digest.update((byte) 0xFB);
                new TreeMap<>(mapping.members()).forEach((key, value) -> {
                    digest.update((byte) 0xFC);
                    digest.update(key.getBytes(StandardCharsets.UTF_8));
                    add(value);
                });
            }
        }
        digest.update((byte) 0xFF);
    }
}

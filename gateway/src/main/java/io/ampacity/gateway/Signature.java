package io.ampacity.gateway;

import io.ampacity.gateway.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 of Amazon Web Services over one request. The credential is {@code ACCESS-KEY:SECRET} or {@code
 * ACCESS-KEY:SECRET:SESSION-TOKEN}.
 */
final class Signature {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String accessKey;
    private final String secret;
    private final String token;
    private final String region;
    private final String service;
    private final String time;

    private Signature(String accessKey, String secret, String token, String region, String service, Instant now) {
        this.accessKey = accessKey;
        this.secret = secret;
        this.token = token;
        this.region = region;
        this.service = service;
        time = TIME.format(now);
    }

    static Signature of(Secret credential, String region, Instant now) {
        return of(credential, region, "bedrock", now);
    }

    static Signature of(Secret credential, String region, String service, Instant now) {
        String[] parts = credential.reveal().split(":", 3);
        return new Signature(
                parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "", region, service, now);
    }

    /** The headers that make a request good, beside {@code host}. */
    Map<String, String> headers(String method, String host, String path, byte[] body) {
        Map<String, String> signed = new TreeMap<>();
        signed.put("host", host);
        signed.put("x-amz-date", time);
        if (!token.isEmpty()) {
            signed.put("x-amz-security-token", token);
        }
        Map<String, String> headers = new LinkedHashMap<>(signed);
        headers.remove("host");
        headers.put("authorization", authorization(method, path, signed, body));
        return headers;
    }

    private String authorization(String method, String path, Map<String, String> signed, byte[] body) {
        int query = path.indexOf('?');
        StringBuilder canonical = new StringBuilder(method)
                .append('\n')
                // Each part of the path is encoded once more than it is sent, as all services but S3 want it.
                .append((query < 0 ? path : path.substring(0, query)).replace("%", "%25"))
                .append('\n')
                .append(query < 0 ? "" : path.substring(query + 1))
                .append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value.strip()).append('\n'));
        String names = String.join(";", signed.keySet());
        canonical.append('\n').append(names).append('\n').append(hash(body));
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                + hash(canonical.toString().getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, region, service, "aws4_request", toSign}) {
            key = hmac(key, part);
        }
        return ALGORITHM + " Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + HexFormat.of().formatHex(key);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

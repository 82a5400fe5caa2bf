package io.ampacity.gateway.settings;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server's certificate and its key are. They are read when they are asked for, so that renewed ones are found.
 *
 * @param certificate PEM file: the server's own first, then those that vouch for it
 * @param key PEM file of the private key, PKCS #8, without a password
 */
public record TlsFiles(Path certificate, Path key) {

    private static final long LARGEST_FILE = 1 << 20;
    private static final byte[] SAMPLE = "which of two keys is it".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /**
     * What connections are made safe with.
     *
     * @throws IllegalArgumentException when the files do not serve, with the reason
     */
    public SslContext context() {
        X509Certificate[] chain = chain();
        PrivateKey secret = secret(chain[0].getPublicKey());
        try {
            return SslContextBuilder.forServer(secret, chain)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "the certificate " + certificate + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private X509Certificate[] chain() {
        byte[] text = read(certificate, "certificate");
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(text))
                            .stream()
                            .map((Certificate each) -> (X509Certificate) each)
                            .toList();
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("the certificate file " + certificate
                        + " has no certificate. Maybe it is the key: it must have BEGIN CERTIFICATE");
            }
            return chain.toArray(new X509Certificate[0]);
        } catch (CertificateException broken) {
            throw new IllegalArgumentException(
                    "the certificate file " + certificate + " cannot be understood. Maybe it is not PEM", broken);
        }
    }

    private PrivateKey secret(PublicKey shown) {
        String text = new String(read(key, "key"), StandardCharsets.ISO_8859_1);
        Matcher found = KEY.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("the key file " + key
                    + " has no BEGIN PRIVATE KEY. Maybe convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        try {
            PrivateKey secret = KeyFactory.getInstance(shown.getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1))));
            if (belongs(secret, shown)) {
                return secret;
            }
        } catch (GeneralSecurityException | IllegalArgumentException other) {
            throw new IllegalArgumentException(mismatch(), other);
        }
        throw new IllegalArgumentException(mismatch());
    }

    private String mismatch() {
        return "the key " + key + " is not the one of the certificate " + certificate
                + ". Maybe one of them was renewed and the other not";
    }

    private static boolean belongs(PrivateKey secret, PublicKey shown) throws GeneralSecurityException {
        String kind = shown.getAlgorithm().toUpperCase(Locale.ROOT);
        String algorithm =
                switch (kind) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> kind;
                };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(SAMPLE);
        byte[] signed = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(shown);
        checking.update(SAMPLE);
        return checking.verify(signed);
    }

    private static byte[] read(Path file, String what) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IllegalArgumentException("the " + what + " file " + file + " is larger than 1 MB");
            }
            return Files.readAllBytes(file);
        } catch (IOException gone) {
            throw new IllegalArgumentException(
                    "the " + what + " file " + file + " cannot be read. Maybe its name or its owner is wrong", gone);
        }
    }
}

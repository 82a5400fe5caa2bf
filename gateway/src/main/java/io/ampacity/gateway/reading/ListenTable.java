package io.ampacity.gateway.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Nested;
import io.ampacity.documents.schema.Section;
import io.ampacity.documents.schema.Text;
import io.ampacity.documents.schema.Whole;

/** Where it listens. */
final class ListenTable {

    static final Attribute<String> HOST = Attribute.of(
                    "host",
                    Text.upTo(Common.LONGEST_TEXT),
                    "Address to listen on; `0.0.0.0` for every one of this machine.")
            .orElse("127.0.0.1");
    static final Attribute<Integer> PORT = Attribute.of(
                    "port", Whole.between(0, Common.LONGEST_PORT), "0 takes one that is free.")
            .example("8080");

    static final Attribute<String> CERTIFICATE = Attribute.of(
                    "certificate",
                    Text.upTo(Common.LONGEST_TEXT),
                    "PEM file of its certificate, and of those that vouch for it: with it, only TLS is spoken.")
            .whenAbsent("connections are plain")
            .example("gateway.pem");
    static final Attribute<String> KEY = Attribute.of(
                    "key", Text.upTo(Common.LONGEST_TEXT), "PEM file of the certificate's key, without a password.")
            .whenAbsent("connections are plain")
            .example("gateway.key");

    static final Section SECTION =
            Section.of("listener", "Where clients' connections are taken.", HOST, PORT, CERTIFICATE, KEY);
    static final Attribute<Form> OIDC = Attribute.<Form>of(
                    "oidc", Nested.of(OidcTable.SECTION), "Whose tokens operators show.")
            .whenAbsent("everybody who reaches the port may do all");
    static final Attribute<Integer> CONNECTIONS = Attribute.of(
                    "connections",
                    Whole.between(4, 10_000),
                    "That may be open at once. When there are more, the oldest that has not sent its request leaves.")
            .orElse("100");
    static final Section OPERATORS = Section.of(
            "operator listener",
            "Where operators' connections are taken.",
            HOST,
            PORT,
            CERTIFICATE,
            KEY,
            CONNECTIONS,
            OIDC);

    private ListenTable() {}
}

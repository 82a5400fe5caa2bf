package io.ampacity.gateway.settings;

/**
 * How long and how large anything may be.
 *
 * @param connectSeconds name, connection and TLS together
 * @param headSeconds from the request's last byte to the head of a stream
 * @param firstTokenSeconds from the request's last byte to the first token of a stream
 * @param tokenSeconds between two events of a stream
 * @param totalSeconds from a request's arrival to the end of its answer, all attempts together
 * @param clientHeadSeconds that a client may take to send the head of a request
 * @param clientBodySeconds that a client may take to send its body
 * @param clientIdleSeconds that a client's connection may rest between requests
 * @param drainSeconds that open requests get to end when the gateway stops
 * @param longestWaitSeconds that a request is held while every upstream asks to be left alone
 * @param headBytes of a request's or answer's head
 * @param bodyBytes of a request
 * @param eventBytes of one event of a stream
 * @param answerBytes of an answer that is one document
 */
public record Limits(
        double connectSeconds,
        double headSeconds,
        double firstTokenSeconds,
        double tokenSeconds,
        double totalSeconds,
        double clientHeadSeconds,
        double clientBodySeconds,
        double clientIdleSeconds,
        double drainSeconds,
        double longestWaitSeconds,
        int headBytes,
        int bodyBytes,
        int eventBytes,
        int answerBytes) {

    /** What serves people well who read as a model writes. */
    public static final Limits STANDARD =
            new Limits(2, 10, 20, 15, 600, 10, 60, 75, 30, 2, 32 << 10, 32 << 20, 16 << 20, 64 << 20);

    /** The same with every time but the total multiplied, so that tests need not wait. */
    public Limits scaled(double factor) {
        return new Limits(
                connectSeconds * factor,
                headSeconds * factor,
                firstTokenSeconds * factor,
                tokenSeconds * factor,
                totalSeconds,
                clientHeadSeconds * factor,
                clientBodySeconds * factor,
                clientIdleSeconds * factor,
                drainSeconds * factor,
                longestWaitSeconds * factor,
                headBytes,
                bodyBytes,
                eventBytes,
                answerBytes);
    }
}

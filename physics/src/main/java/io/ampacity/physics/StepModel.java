package io.ampacity.physics;

/**
 * Time and energy of one engine iteration of one replica: a model on a group of chips.
 *
 * <p>An iteration runs prefill chunks (n new tokens each, on top of c cached ones) and decode sequences (one new token
 * each, on c cached ones). It is described by four sums, so that a caller that steps a million times keeps running
 * totals and allocates nothing:
 *
 * <ul>
 *   <li>{@code prefillTokens}: Σ n over the chunks;
 *   <li>{@code prefillPairs}: Σ n·(c + n/2), the query-key pairs of causal attention;
 *   <li>{@code decodeSequences}: how many sequences decode;
 *   <li>{@code decodeContext}: Σ c over them, tokens whose keys and values are read.
 * </ul>
 *
 * <p>With {@code prefillTokens} = 0 and a fixed number of sequences, seconds and joules are affine in
 * {@code decodeContext}: {@link #decodeBaseSeconds} + {@link #decodeSecondsPerContextToken} × context. That is what lets
 * a simulator jump over k equal steps in closed form.
 *
 * <p>Implementations are immutable, thread-safe, allocation-free and never faster than the data sheet.
 */
public interface StepModel {

    /** Chips of the replica. */
    int chips();

    /** Tokens whose keys and values fit beside the weights, over the whole replica. */
    long kvTokens();

    /** Seconds of one iteration; 0 when it is empty. */
    double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext);

    /** Joules of one iteration: the replica's chips with their share of servers, before PUE. */
    double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext);

    /** Watts of the replica when powered and idle, chips with their share of servers, before PUE. */
    double idleWatts();

    /** Seconds of a pure decode step of {@code decodeSequences} sequences, extrapolated to no context. */
    double decodeBaseSeconds(int decodeSequences);

    /** Seconds that one more context token adds to a pure decode step of {@code decodeSequences} sequences. */
    double decodeSecondsPerContextToken(int decodeSequences);

    /** Joules of a pure decode step, extrapolated to no context. */
    double decodeBaseJoules(int decodeSequences);

    /** Joules that one more context token adds to a pure decode step. */
    double decodeJoulesPerContextToken(int decodeSequences);

    /** Seconds from a request's arrival at the server to its joining the queue: HTTP, tokenising. */
    double arrivalOverheadSeconds();

    /** What each token of a prompt adds to that: tokenising, copying. */
    default double readingSecondsPerToken() {
        return 0;
    }

    /** Seconds from a step's end to its tokens leaving the server: sampling, detokenising, streaming. */
    double tokenOverheadSeconds();

    /** Where its numbers come from. */
    Provenance provenance();
}

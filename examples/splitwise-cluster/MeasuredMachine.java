import io.ampacity.physics.Provenance;
import io.ampacity.physics.StepModel;

/**
 * A machine of eight chips that serves one model, by the medians of what Splitwise's authors measured on it in 2023
 * (splitwise-sim, data/perf_model.csv at 8f99e7dc, MIT licence), with straight lines between them. A step with prompts
 * lasts as long as a prompt of all its tokens; one without, as its batch does.
 *
 * @param kvTokens tokens for which eight times 80 GB have room, nine tenths of it used, beside the weights
 */
record MeasuredMachine(double[] promptMillis, double[] tokenMillis, long kvTokens) implements StepModel {

    /** Tokens of the prompts measured. */
    private static final double[] PROMPTS = {128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768};

    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64};

    /** 138 GB of weights, 320 KiB a token. */
    private static final long LLAMA_ROOM = 1_330_000;

    /** 352 GB of weights, 3.8 MiB a token: 70 layers of 14,336, keys and values of every head. */
    private static final long BLOOM_ROOM = 55_800;

    static final StepModel LLAMA_A100 = new MeasuredMachine(
            new double[] {65.3, 66.8, 93.0, 160.9, 282.7, 708.4, 1781.0, 3524.5, 7554.0},
            new double[] {45.0, 45.0, 45.8, 46.5, 50.4, 53.0, 71.6},
            LLAMA_ROOM);

    static final StepModel LLAMA_H100 = new MeasuredMachine(
            new double[] {52.0, 52.0, 53.9, 77.7, 134.4, 376.2, 831.5, 1551.7, 2936.3},
            new double[] {30.3, 30.3, 31.8, 32.5, 34.2, 38.6, 50.2},
            LLAMA_ROOM);

    /** An H100 machine whose chips may draw less: the authors' "pcap" rows. Tokens come as fast, prompts 1.3 times as slow. */
    static final StepModel LLAMA_H100_CAPPED = new MeasuredMachine(
            new double[] {67.2, 67.2, 70.0, 101.0, 174.8, 489.1, 1080.9, 2017.2, 3817.2},
            new double[] {30.4, 30.4, 31.8, 32.5, 34.2, 38.6, 50.2},
            LLAMA_ROOM);

    static final StepModel BLOOM_A100 = new MeasuredMachine(
            new double[] {79.7, 99.2, 174.4, 287.5, 536.1, 1332.6, 3591.5, 5782.0, 11251.8},
            new double[] {49.3, 50.0, 51.0, 53.0, 57.3, 65.4, 96.6},
            BLOOM_ROOM);

    static final StepModel BLOOM_H100 = new MeasuredMachine(
            new double[] {48.3, 51.2, 76.1, 132.2, 252.0, 649.6, 1411.6, 2521.9, 4996.5},
            new double[] {36.1, 36.9, 38.1, 38.1, 40.6, 45.8, 63.8},
            BLOOM_ROOM);

    static final StepModel BLOOM_H100_CAPPED = new MeasuredMachine(
            new double[] {62.8, 66.5, 99.0, 171.9, 327.6, 844.5, 1835.0, 3278.5, 6495.4},
            new double[] {36.1, 36.9, 38.1, 38.1, 40.6, 45.8, 63.8},
            BLOOM_ROOM);

    private static double at(double[] places, double[] values, double place) {
        int above = 1;
        while (above < places.length - 1 && places[above] < place) {
            above++;
        }
        double slope = (values[above] - values[above - 1]) / (places[above] - places[above - 1]);
        return Math.max(values[0], values[above - 1] + slope * (place - places[above - 1])) / 1000;
    }

    @Override
    public int chips() {
        return 8;
    }

    @Override
    public double stepSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        double decode = decodeSequences == 0 ? 0 : at(BATCHES, tokenMillis, decodeSequences);
        return prefillTokens == 0 ? decode : Math.max(decode, at(PROMPTS, promptMillis, prefillTokens + decodeSequences));
    }

    @Override
    public double decodeBaseSeconds(int decodeSequences) {
        return at(BATCHES, tokenMillis, decodeSequences);
    }

    @Override
    public double decodeSecondsPerContextToken(int decodeSequences) {
        return 0;
    }

    @Override
    public double stepJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext) {
        return 0;
    }

    @Override
    public double idleWatts() {
        return 0;
    }

    @Override
    public double decodeBaseJoules(int decodeSequences) {
        return 0;
    }

    @Override
    public double decodeJoulesPerContextToken(int decodeSequences) {
        return 0;
    }

    @Override
    public double arrivalOverheadSeconds() {
        return 0;
    }

    @Override
    public double tokenOverheadSeconds() {
        return 0;
    }

    @Override
    public Provenance provenance() {
        return Provenance.CALIBRATED;
    }
}

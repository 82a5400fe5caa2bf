package io.ampacity.physics;

/** A step model that can also tell where its time goes. Immutable and thread-safe. */
public interface ServingStepModel extends StepModel {

    /** Memory of the replica and what is left for keys and values. */
    MemoryRoom memoryRoom();

    /** Joules of one iteration of the chips alone, without their servers. */
    double stepChipJoules(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext);

    /** Watts of the idle chips alone, without their servers. */
    double chipIdleWatts();

    /** Where the time of one iteration goes. */
    StepBreakdown explain(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext);

    /** The least seconds that the data sheet allows for one iteration: every byte at peak bandwidth, every operation at peak rate. */
    double dataSheetSeconds(int prefillTokens, double prefillPairs, int decodeSequences, double decodeContext);
}

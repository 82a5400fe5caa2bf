package io.ampacity.facts;

/** The kind of promise an offer makes. */
public sealed interface Contract {

    /** The name as written in scenarios and results: {@code on-demand}. */
    String id();

    /** Pay by the hour, give back at will. */
    record OnDemand() implements Contract {
        @Override
        public String id() {
            return "on-demand";
        }
    }

    /** Pay by the hour, taken back at the supplier's will. */
    record Spot() implements Contract {
        @Override
        public String id() {
            return "spot";
        }
    }

    /**
     * Pay for the whole term whether used or not.
     *
     * @param termMonths length of the commitment
     * @param upfrontShare share of the whole term's price due at the start, 0 to 1
     */
    record Reserved(int termMonths, double upfrontShare) implements Contract {
        @Override
        public String id() {
            return "reserved-" + termMonths + "m";
        }
    }

    /**
     * Own the hardware.
     *
     * @param usefulLifeMonths months over which the purchase is recovered
     * @param leadTimeMonths months from order to service
     */
    record Purchase(int usefulLifeMonths, int leadTimeMonths) implements Contract {
        @Override
        public String id() {
            return "purchase";
        }
    }
}

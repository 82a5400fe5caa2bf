package io.ampacity.physics.training;

/**
 * The scale-out network between servers.
 *
 * @param railChips chips of one rank that share a leaf (rail) and reach each other without the spine; 1 when leaves join
 *     whole servers instead
 * @param oversubscription bandwidth into the leaves over that out of them; 1 is a full fat tree
 * @param circuits whether optical circuits take the spine's place: neighbours of a ring have a circuit of their own, and
 *     all others are reached through neighbours (TPU v4, arXiv 2304.01433)
 */
public record Fabric(int railChips, double oversubscription, boolean circuits) {

    /** A fat tree that nothing slows. */
    public static final Fabric FULL = new Fabric(1, 1, false);

    public Fabric {
        if (railChips < 1) {
            throw new IllegalArgumentException("a rail of " + railChips + " chips. Maybe write 1 for none");
        }
        if (!(oversubscription >= 1 && oversubscription < 1000)) {
            throw new IllegalArgumentException(
                    "an oversubscription of " + oversubscription + ". Maybe write 1 for a full fat tree, 7 for 7:1");
        }
    }

    /** Share of a link that a ring over so many chips of one rank keeps: it leaves a rail only where it must. */
    double ringShare(int chips) {
        return circuits || chips <= railChips ? 1 : 1 / oversubscription;
    }

    /**
     * Share of a link that each chip keeps when all talk to all. In a tree, messages cross to the chip of the same rank and
     * go on inside the server, so that only servers beyond a rail are dear. On circuits a message passes a quarter of the
     * length of each of three dimensions, and each hop takes a link from others.
     */
    double allToAllShare(int servers, int chips) {
        if (circuits) {
            return Math.min(1, 1 / (0.75 * Math.cbrt(chips)));
        }
        double inside = Math.min(1, (double) railChips / servers);
        return 1 / (inside + (1 - inside) * oversubscription);
    }
}

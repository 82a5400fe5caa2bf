package io.ampacity.gateway.settings;

/**
 * How many requests may be open before some are turned away, the least urgent first.
 *
 * @param mostOpen of all priorities together
 * @param normalShare of it beyond which only urgent ones are taken
 * @param lowShare of it beyond which low ones are turned away
 */
public record OverloadSettings(int mostOpen, double normalShare, double lowShare) {

    /** Turns nobody away. */
    public static final OverloadSettings NONE = new OverloadSettings(Integer.MAX_VALUE, 1, 1);

    /** Most requests that may be open, this one included, for one of a priority to be taken. */
    public long most(Priority priority) {
        return switch (priority) {
            case HIGH -> mostOpen;
            case NORMAL -> (long) Math.floor(mostOpen * normalShare);
            case LOW -> (long) Math.floor(mostOpen * lowShare);
        };
    }
}

package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.settings.Limits;

/** What an attempt waits for, and what it is when that does not come in time. */
enum Wait {
    CONNECTION(Outcome.CONNECT_FAILED) {
        @Override
        double seconds(Limits limits) {
            return limits.connectSeconds();
        }
    },
    HEAD(Outcome.HEAD_LATE) {
        @Override
        double seconds(Limits limits) {
            return limits.headSeconds();
        }
    },
    FIRST_TOKEN(Outcome.FIRST_TOKEN_LATE) {
        @Override
        double seconds(Limits limits) {
            return limits.firstTokenSeconds();
        }
    },
    /** The next event of a stream. */
    EVENT(Outcome.STALLED) {
        @Override
        double seconds(Limits limits) {
            return limits.tokenSeconds();
        }
    },
    /** An answer that comes in one piece, for which only the whole request's time is a limit. */
    DOCUMENT(Outcome.TOTAL_LATE) {
        @Override
        double seconds(Limits limits) {
            return limits.totalSeconds();
        }
    };

    private final Outcome late;

    Wait(Outcome late) {
        this.late = late;
    }

    /** What the attempt has come to when it waited in vain. */
    Outcome late() {
        return late;
    }

    /** How long it may wait. */
    abstract double seconds(Limits limits);
}

package io.ampacity.gateway;

import io.ampacity.gateway.metering.Outcome;
import io.ampacity.gateway.protocol.BadRequest;
import io.ampacity.routing.Router;
import io.ampacity.sockets.Loops;

/** Finds who is asked to answer one request: first, after a failure, after a wait, or beside one that is slow. On one event loop. */
final class Asking {

    private static final double NANOS = 1e9;
    private static final double USUAL_REST_SECONDS = 1;
    private static final double MONEY_LOOK_SECONDS = 0.01;

    private final Exchange exchange;
    private final Service service;
    private final Asked asked;
    private final Question question;
    private final Account account;
    private final Delivery delivery;
    private final Rescue rescue;
    private final Race race;
    private final Ending ending;
    private double moneyWaitUntil = -1;

    Asking(
            Exchange exchange,
            Service service,
            Asked asked,
            Question question,
            Account account,
            Delivery delivery,
            Rescue rescue,
            Race race,
            Ending ending) {
        this.exchange = exchange;
        this.service = service;
        this.asked = asked;
        this.question = question;
        this.account = account;
        this.delivery = delivery;
        this.rescue = rescue;
        this.race = race;
        this.ending = ending;
    }

    /** Asks whoever may answer and was not tried; when all were, after a while one of them again. */
    void next(String why) {
        if (ending.isOver() || !isPaidFor(() -> next(why))) {
            return;
        }
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE && question.anyTried()) {
            question.forgetTried();
            double wait = service.settings().retries().waitSeconds(account.attempts() + 1)
                    * service.dispatcher().jitter();
            after(wait, () -> again(why));
        } else if (pool == Router.NONE) {
            noRoom(why);
        } else {
            begin(pool, why);
        }
    }

    /** After a wait: everybody may be asked again who does not want to be left alone. */
    private void again(String why) {
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE) {
            noRoom(why);
        } else {
            begin(pool, why);
        }
    }

    /** Whether money is set aside for one more attempt; if that is not known yet, {@code then} runs when it may be. */
    private boolean isPaidFor(Runnable then) {
        switch (account.payNext()) {
            case YES -> {
                moneyWaitUntil = -1;
                return true;
            }
            case LATER -> {
                if (moneyWaitUntil < 0) {
                    moneyWaitUntil = exchange.seconds() + exchange.limits().longestWaitSeconds();
                }
                if (exchange.seconds() < moneyWaitUntil) {
                    after(MONEY_LOOK_SECONDS, then);
                } else {
                    ending.comeAgainIn(USUAL_REST_SECONDS);
                    ending.breakOff(Outcome.NO_ROOM, "the budget of this key cannot be looked up now");
                }
            }
            case NO -> ending.breakOff(Outcome.BUDGET_SPENT, "the budget of key " + asked.key() + " is spent");
        }
        return false;
    }

    private void noRoom(String why) {
        double rest = service.dispatcher().throttledSeconds(question.workload());
        if (rest > 0 && rest <= exchange.limits().longestWaitSeconds()) {
            after(rest, () -> again(why));
            return;
        }
        ending.comeAgainIn(Math.max(USUAL_REST_SECONDS, rest));
        ending.breakOff(
                account.lastOutcome(Outcome.NO_ROOM),
                ending.trouble().isEmpty() ? "every upstream that may serve this request is full" : ending.trouble());
    }

    private void after(double seconds, Runnable then) {
        if (exchange.seconds() + seconds >= exchange.limits().totalSeconds()) {
            ending.breakOff(Outcome.TOTAL_LATE, "the time for this request is over; " + ending.trouble());
            return;
        }
        Loops.after(exchange.loop(), (long) (seconds * NANOS), () -> {
            if (!ending.isOver()) {
                then.run();
            }
        });
    }

    private void begin(int pool, String why) {
        Errand errand;
        try {
            errand = errand(pool, why);
        } catch (BadRequest untranslatable) {
            // The pool does not understand the request in its own protocol: others may.
            if (question.hopeless() == Outcome.COMPLETED) {
                ending.trouble(String.valueOf(untranslatable.getMessage()));
                exchange.loop().execute(() -> next(why));
            } else {
                ending.giveUp(Outcome.REFUSED, String.valueOf(untranslatable.getMessage()));
            }
            return;
        }
        Attempt begun = new Attempt(exchange, errand);
        race.run(begun, exchange.seconds(), !delivery.isCommitted());
        if (race.hedgeAtSeconds() < exchange.limits().totalSeconds()) {
            exchange.due(race.hedgeAtSeconds());
        }
        begun.start();
    }

    private Errand errand(int pool, String why) {
        try {
            return Errand.of(service.settings().fleet(), asked, rescue, pool, why);
        } catch (BadRequest untranslatable) {
            service.dispatcher().refused(pool);
            question.unable(pool);
            throw untranslatable;
        }
    }

    /** Asks somebody else beside an upstream that has not said a word yet. */
    void hedge(Attempt slow) {
        if (delivery.isCommitted()) {
            return;
        }
        question.tried(slow.pool());
        if (!account.payHedge() || !service.dispatcher().mayHedge()) {
            return;
        }
        int pool = question.ask(service.dispatcher());
        if (pool == Router.NONE) {
            return;
        }
        try {
            Attempt begun =
                    new Attempt(exchange, errand(pool, "hedge: " + slow.errand().poolId() + " is slow"));
            race.join(begun);
            begun.start();
        } catch (BadRequest _) {
            // The first is at work all the same.
        }
    }
}

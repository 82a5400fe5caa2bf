package io.ampacity.units;

/**
 * An amount of one dimension, held as a {@code double} in that dimension's base unit.
 *
 * <p>Implementations are records whose one component is named for the base unit, so that {@code power.watts()} reads
 * without a table. Immutable and thread-safe.
 *
 * @param <Q> the implementing type, so that arithmetic keeps it
 */
public interface Quantity<Q extends Quantity<Q>> extends Comparable<Q> {

    /** The amount in the base unit of {@link #dimension()}. */
    double amount();

    /** The dimension, which knows the units to parse and print. */
    Dimension dimension();

    /** The same kind of quantity with another amount, in the base unit. */
    Q withAmount(double amount);

    default Q plus(Q other) {
        return withAmount(amount() + other.amount());
    }

    default Q minus(Q other) {
        return withAmount(amount() - other.amount());
    }

    default Q times(double factor) {
        return withAmount(amount() * factor);
    }

    /** How many times {@code other} goes into this; NaN when both are zero. */
    default double dividedBy(Q other) {
        return amount() / other.amount();
    }

    @Override
    default int compareTo(Q other) {
        return Double.compare(amount(), other.amount());
    }

    /** The amount with the unit a person would choose, such as {@code 40 MW}. */
    default String print() {
        return dimension().print(amount());
    }
}

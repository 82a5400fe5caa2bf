package io.ampacity.units;

/** Text that is no quantity of the wanted dimension. The message names the text; {@link #advice()} a way out. */
public final class UnitException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    public UnitException(String problem, String advice) {
        super(problem);
        this.advice = advice;
    }

    /** What to write instead, to be shown after "Maybe". */
    public String advice() {
        return advice;
    }
}

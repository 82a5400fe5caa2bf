package io.ampacity.gateway.json;

/** Bytes that are no JSON. Carries no stack, since it is thrown for what strangers send. */
public final class MalformedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedJson(String problem, int position) {
        super(problem + " at byte " + position, null, false, false);
    }
}

package io.ampacity.gateway.protocol;

/**
 * Finds where events of a stream end, however its bytes are cut into packets: after an empty line, where a line ends with
 * a line feed, a carriage return, or both. Holds no bytes. Mutable; for one thread.
 */
public final class EventSplitter {

    private boolean atLineStart = true;
    private boolean afterReturn;
    private boolean eventBegan;

    /** The place after the next end of an event in {@code bytes[from, to)}; −1 when none ends there. */
    public int nextEnd(byte[] bytes, int from, int to) {
        boolean lineStart = atLineStart;
        boolean carriage = afterReturn;
        boolean began = eventBegan;
        int end = -1;
        int i = from;
        while (i < to && end < 0) {
            byte next = bytes[i++];
            if (next == '\n' && carriage) {
                carriage = false;
            } else if (next == '\n' || next == '\r') {
                carriage = next == '\r';
                if (lineStart && began) {
                    if (carriage && i < to && bytes[i] == '\n') {
                        carriage = false;
                        i++;
                    }
                    began = false;
                    end = i;
                }
                lineStart = true;
            } else {
                lineStart = false;
                carriage = false;
                began = true;
                i = Lines.end(bytes, i, to);
            }
        }
        atLineStart = lineStart;
        afterReturn = carriage;
        eventBegan = began;
        return end;
    }

    /** Whether bytes of an event were seen whose end was not. */
    public boolean isInsideEvent() {
        return eventBegan;
    }
}

package io.ampacity.gateway.upstream;

/** Waits for a connection. Called on its own loop. */
public interface Borrower {

    /** What went wrong on the way to an upstream. */
    enum Trouble {
        NAME,
        CONNECT,
        TLS
    }

    /** Whether it still wants one; otherwise the connection goes to the next. */
    boolean isWaiting();

    void connected(Connection connection);

    void failed(Trouble trouble, String reason);
}

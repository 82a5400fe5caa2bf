package io.ampacity.cli;

/** Ports on the command line. */
final class Ports {

    private static final int LARGEST = 65_535;

    private Ports() {}

    static int checked(String option, int port) {
        if (port < 0 || port > LARGEST) {
            throw new BadInput(option + " is " + port + ", which is no port", "write one of 1 to " + LARGEST);
        }
        return port;
    }
}

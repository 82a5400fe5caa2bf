package io.ampacity.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Which Ampacity this is.
 *
 * @param version as in the project file, such as {@code 0.1.0-SNAPSHOT}
 * @param commit of the sources it was built from; {@code unknown} when the build had no git
 * @param java the Java runtime it runs on, with its vendor
 */
record Release(String version, String commit, String java) {

    private static final String RESOURCE = "release.properties";

    static Release current() {
        Properties properties = new Properties();
        try (InputStream stream = Release.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("The build left out the resource " + RESOURCE);
            }
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Release(
                properties.getProperty("version", "unknown"),
                properties.getProperty("commit", "unknown"),
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    }

    String print() {
        return "ampacity " + version + ", commit " + commit + System.lineSeparator() + "java " + java;
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", version);
        document.put("commit", commit);
        document.put("java", java);
        return document;
    }
}

package io.ampacity.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code ampacity doctor}: checks that this machine has what Ampacity needs. */
@Command(
        name = "doctor",
        description = "Check that this machine has what Ampacity needs; exit code 1 when something is missing.")
final class Doctor extends AbstractAction {

    private static final int OLDEST_JAVA = 25;
    private static final long LEAST_HEAP_BYTES = 400L << 20;
    private static final int MEBIBYTE_BITS = 20;

    /** One thing looked at. */
    private record Finding(String name, boolean fine, String found) {}

    @Override
    public Integer call() {
        List<Finding> findings = List.of(java(), heap(), processors(), temporaryFolder(), startUpCache());
        boolean fine = findings.stream().allMatch(Finding::fine);
        if (output().json()) {
            output().document(Map.of(
                    "fine",
                    fine,
                    "checks",
                    findings.stream().map(Doctor::document).toList()));
        } else {
            List<String> lines = new ArrayList<>();
            for (Finding finding : findings) {
                lines.add(String.format(
                        "%-5s %-17s %s", finding.fine() ? "fine" : "LACKS", finding.name(), finding.found()));
            }
            lines.forEach(output().text()::println);
        }
        return fine ? ExitCode.FINE : ExitCode.NO;
    }

    private static Map<String, Object> document(Finding finding) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", finding.name());
        document.put("fine", finding.fine());
        document.put("found", finding.found());
        return document;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return new Finding("java", feature >= OLDEST_JAVA, Release.current().java() + ", needs " + OLDEST_JAVA);
    }

    private static Finding heap() {
        long most = Runtime.getRuntime().maxMemory();
        return new Finding(
                "memory",
                most >= LEAST_HEAP_BYTES,
                "at most " + (most >> MEBIBYTE_BITS) + " MiB for Java, needs " + (LEAST_HEAP_BYTES >> MEBIBYTE_BITS)
                        + "; AMPACITY_JAVA_OPTS=-Xmx… changes it");
    }

    private static Finding processors() {
        return new Finding(
                "processors", true, String.valueOf(Runtime.getRuntime().availableProcessors()));
    }

    private static Finding temporaryFolder() {
        String folder = System.getProperty("java.io.tmpdir");
        try {
            Path probe = Files.createTempFile("ampacity", ".probe");
            Files.delete(probe);
            return new Finding("temporary folder", true, folder);
        } catch (IOException e) {
            return new Finding("temporary folder", false, folder + " cannot be written: " + e.getMessage());
        }
    }

    private static Finding startUpCache() {
        boolean used = Boolean.getBoolean("ampacity.cached");
        return new Finding("start-up cache", true, used ? "in use" : "not in use; all works, starts are slower");
    }
}

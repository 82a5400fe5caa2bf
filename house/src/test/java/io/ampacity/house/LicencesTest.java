package io.ampacity.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the product is made of may be given away under Apache-2.0, and THIRD-PARTY.md lists all of it.
 *
 * <p>Run with {@code -Dupdate.documents=true} to write the list anew.
 */
final class LicencesTest {

    /** How a licence is known in project files: its identifier, and words that its name or address has. */
    private record Licence(String identifier, List<String> words) {

        boolean isNamedBy(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            for (String word : words) {
                if (lower.contains(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What we accept, best first: a library under several licences is taken under the first of these. */
    private static final List<Licence> ACCEPTED = List.of(
            new Licence("Apache-2.0", List.of("apache-2.0", "apache license", "apache software license")),
            new Licence("MIT", List.of("mit license")),
            new Licence("BSD-2-Clause", List.of("bsd-2-clause", "simplified bsd")),
            new Licence("BSD-3-Clause", List.of("bsd-3-clause", "new bsd", "revised bsd")),
            new Licence("CC0-1.0", List.of("creativecommons.org/publicdomain/zero")),
            new Licence("MPL-2.0", List.of("mpl 2.0", "mozilla public license, version 2")),
            new Licence("EPL-2.0", List.of("epl-2.0", "eclipse public license v. 2", "eclipse public license 2")));

    /** A build takes native libraries for the machine it runs on; the list is the same for all. */
    private static final Pattern PLATFORM = Pattern.compile("-(linux|darwin|win32)-(x86-64|aarch64)$");

    private static final String HEADING = """
            # Third-party software

            The libraries that a build of Ampacity contains, with the licence under which it uses each.
            DO NOT EDIT: a test writes this list from the build (`./mvnw test -pl house -am -Dupdate.documents=true`).

            | library | version | licence |
            |---|---|---|
            """;

    private static final String FOOTING = """

            The native libraries of OR-Tools contain further open-source solvers, among them CBC and CLP (EPL-2.0), HiGHS (MIT)
            and SCIP (Apache-2.0); their notices are in the OR-Tools jars.
            """;

    @Test
    void everyLibraryHasALicenceThatIsAcceptedAndIsListed() throws IOException {
        Set<String> rows = new LinkedHashSet<>();
        for (ProjectFile library : libraries()) {
            Optional<Licence> licence = ACCEPTED.stream()
                    .filter(accepted -> library.licences().stream().anyMatch(accepted::isNamedBy))
                    .findFirst();
            assertThat(licence)
                    .as(
                            "a licence of %s:%s that is accepted, among %s",
                            library.group(), library.artifact(), library.licences())
                    .isPresent();
            // A library that lies there for several machines stands in the list once.
            rows.add("| %s:%s | %s | %s |%n"
                    .formatted(
                            library.group(),
                            PLATFORM.matcher(library.artifact()).replaceFirst("-PLATFORM"),
                            library.version(),
                            licence.orElseThrow().identifier()));
        }
        String list = (HEADING + String.join("", rows) + FOOTING).replace("\r\n", "\n");

        Path file = Checkout.root().resolve("THIRD-PARTY.md");
        if (Boolean.getBoolean("update.documents")) {
            Files.writeString(file, list);
        }
        assertThat(file).as("run with -Dupdate.documents=true to write it anew").hasContent(list);
    }

    private static List<ProjectFile> libraries() throws IOException {
        Path repository = Path.of(System.getProperty("local.repository", ""));
        String classpath = Files.readString(Path.of(System.getProperty("product.classpath", "")));
        List<ProjectFile> libraries = new ArrayList<>();
        for (String entry : classpath.strip().split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            // The rooms themselves are folders or jars of this checkout.
            if (path.startsWith(repository)) {
                libraries.add(ProjectFile.beside(path, repository));
            }
        }
        libraries.sort(java.util.Comparator.comparing(ProjectFile::group).thenComparing(ProjectFile::artifact));
        return libraries;
    }
}

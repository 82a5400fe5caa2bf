package io.ampacity.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources that are tested. */
final class Checkout {

    private static final Pattern MODULE = Pattern.compile("<module>([a-z]+)</module>");

    private Checkout() {}

    /** The folder of the root project file. */
    static Path root() {
        return Path.of(System.getProperty("project.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /** The rooms from the ground up, as the root project file lists them; modules of its profiles are no rooms. */
    static List<String> rooms() throws IOException {
        String project = Files.readString(root().resolve("pom.xml"));
        return MODULE.matcher(project.substring(0, project.indexOf("<profiles>")))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("house"))
                .toList();
    }

    /** Every source file of the rooms themselves, tests left out. */
    static List<Path> mainSources() throws IOException {
        List<Path> sources = new java.util.ArrayList<>();
        for (String room : rooms()) {
            Path folder = root().resolve(room).resolve("src/main/java");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}

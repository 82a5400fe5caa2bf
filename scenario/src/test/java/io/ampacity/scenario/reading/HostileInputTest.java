package io.ampacity.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that nobody writes by mistake. */
class HostileInputTest {

    private static final Duration QUICKLY = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void tenMegabytesOfJunkAreRefusedUnread() throws IOException {
        byte[] junk = new byte[10 << 20];
        new Random(1).nextBytes(junk);
        assertRefused(junk, "larger than 8 MiB");
    }

    @Test
    void sevenMegabytesOfRandomBytesAreNotText() throws IOException {
        byte[] junk = new byte[7 << 20];
        new Random(1).nextBytes(junk);
        assertRefused(junk, "not UTF-8");
    }

    @Test
    void aBinaryFileIsRefused() throws IOException {
        assertRefused(new byte[] {0, 1, 2, 3, 127, 0, 5}, "not valid YAML");
    }

    @Test
    void nothingIsRefused() throws IOException {
        assertRefused(new byte[0], "is empty");
    }

    @Test
    void manyThousandUnknownKeysAreSummedUp() throws IOException {
        StringBuilder text = new StringBuilder(good());
        for (int i = 0; i < 100_000; i++) {
            text.append("key").append(i).append(": 1\n");
        }
        ScenarioReading reading = read(text.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(reading.isUsable()).isFalse();
        assertThat(reading.issues()).hasSizeLessThan(250);
        assertThat(reading.issues().getLast().problem()).contains("more mistakes");
    }

    @Test
    void oneHugeWordIsCutInMessages() throws IOException {
        ScenarioReading reading = read(("ampacity: 1\nname: " + "x".repeat(4 << 20)).getBytes(StandardCharsets.UTF_8));
        assertThat(reading.issues())
                .allSatisfy(issue -> assertThat(issue.toString()).hasSizeLessThan(1_000));
    }

    @Test
    void theBillionLaughsDoNotFillTheHeap() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertRefused(bomb.toString().getBytes(StandardCharsets.UTF_8), "grows beyond");
    }

    @Test
    void theBillionLaughsByMergeKeysDoNotFillTheHeap() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1}\n");
        for (int i = 1; i < 45; i++) {
            bomb.append("a%d: &a%d {<<: [*a%d, *a%d]}\n".formatted(i, i, i - 1, i - 1));
        }
        ScenarioReading reading = read(bomb.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(reading.isUsable()).isFalse();
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        assertRefused("[".repeat(200_000).getBytes(StandardCharsets.UTF_8), "");
        assertRefused(("a: " + "{a: ".repeat(60) + "1" + "}".repeat(60)).getBytes(StandardCharsets.UTF_8), "nested");
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            steps.append(" ".repeat(i)).append("a:\n");
        }
        assertRefused(steps.toString().getBytes(StandardCharsets.UTF_8), "nested");
    }

    @Test
    void aFolderIsNoScenario() {
        assertThat(ScenarioReader.read(folder, SmallCatalogue.catalogue()).issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.problem()).contains("is a folder"));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(ScenarioReader.read(folder.resolve("nowhere.yaml"), SmallCatalogue.catalogue())
                        .issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.toString())
                        .contains("nowhere.yaml")
                        .contains("no such file")
                        .contains("check the path"));
    }

    @Test
    void aDeviceIsNotReadForEver() {
        Path zero = Path.of("/dev/zero");
        assumeTrue(Files.exists(zero), "no /dev/zero here");
        assertTimeoutPreemptively(
                QUICKLY,
                () -> assertThat(ScenarioReader.read(zero, SmallCatalogue.catalogue())
                                .issues())
                        .singleElement()
                        .satisfies(issue -> assertThat(issue.problem()).contains("device")));
    }

    @Test
    void anUnreadableFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("secret.yaml"), good());
        assumeTrue(file.toFile().setReadable(false), "permissions cannot be taken here");
        assumeTrue(!Files.isReadable(file), "this user may read everything");
        assertThat(ScenarioReader.read(file, SmallCatalogue.catalogue()).issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.problem()).contains("may not be read"));
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(outside.resolve("secret.yaml"), "password: hunter2\n");
        Files.createSymbolicLink(inside.resolve("link.yaml"), outside.resolve("secret.yaml"));
        Path file = Files.writeString(inside.resolve("scenario.yaml"), good() + "extends: link.yaml\n");
        assertThat(ScenarioReader.read(file, SmallCatalogue.catalogue()).issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.toString())
                        .contains("outside the folder")
                        .doesNotContain("hunter2"));
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreForgiven() throws IOException {
        byte[] bytes = ("\uFEFF" + good().replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
        assertThat(read(bytes).issues()).isEmpty();
    }

    @Test
    void anotherEncodingIsRefusedByName() throws IOException {
        assertRefused(good().getBytes(StandardCharsets.UTF_16LE), "");
        assertRefused("name: Zürich".getBytes(StandardCharsets.ISO_8859_1), "save it as UTF-8");
    }

    private void assertRefused(byte[] bytes, String fragment) throws IOException {
        ScenarioReading reading = read(bytes);
        assertThat(reading.isUsable()).isFalse();
        assertThat(reading.issues())
                .isNotEmpty()
                .allSatisfy(issue -> assertThat(issue.toString()).hasSizeLessThan(2_000))
                .anySatisfy(issue -> assertThat(issue.toString()).contains(fragment));
    }

    private ScenarioReading read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("input.yaml"), bytes);
        return assertTimeoutPreemptively(QUICKLY, () -> ScenarioReader.read(file, SmallCatalogue.catalogue()));
    }

    private static String good() throws IOException {
        return ScenarioReaderTest.good();
    }
}

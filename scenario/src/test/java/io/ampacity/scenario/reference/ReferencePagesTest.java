package io.ampacity.scenario.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ReferencePagesTest {

    @TestFactory
    List<DynamicTest> everyPageSaysWhatTheTablesSay() throws IOException {
        String root = System.getProperty("project.root");
        assumeTrue(root != null, "project.root is not set");
        if (Boolean.getBoolean("update.documents")) {
            ReferencePages.write(Path.of(root));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, String> page : ReferencePages.pages().entrySet()) {
            tests.add(DynamicTest.dynamicTest(
                    page.getKey(),
                    () -> assertThat(Path.of(root, page.getKey()))
                            .as("regenerate it with -Dupdate.documents=true")
                            .hasContent(page.getValue())));
        }
        return tests;
    }

    @Test
    void thePagesAreWrittenBelowTheFolderThatIsNamed(@TempDir Path folder) throws IOException {
        ReferencePages.main(new String[] {folder.toString()});

        for (Map.Entry<String, String> page : ReferencePages.pages().entrySet()) {
            assertThat(Files.readString(folder.resolve(page.getKey()))).isEqualTo(page.getValue());
            assertThat(page.getValue()).contains("DO NOT EDIT");
        }
    }
}

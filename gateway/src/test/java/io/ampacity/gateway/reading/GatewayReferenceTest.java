package io.ampacity.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class GatewayReferenceTest {

    @Test
    void thePageSaysWhatTheTablesSay() throws IOException {
        String root = System.getProperty("project.root");
        assumeTrue(root != null, "project.root is not set");
        Path page = Path.of(root, GatewayReference.PAGE);
        if (Boolean.getBoolean("update.documents")) {
            Files.writeString(page, GatewayReference.page());
        }
        assertThat(page).as("regenerate it with -Dupdate.documents=true").hasContent(GatewayReference.page());
    }
}

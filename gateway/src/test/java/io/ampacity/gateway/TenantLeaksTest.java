package io.ampacity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No word of one tenant comes to another, whatever is sent and answered beside it. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class TenantLeaksTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void warm() {
        Bench.warm();
    }

    @Test
    void noWordOfOneConnectionComesToAnotherOrIntoJournalLogOrFigures() throws Exception {
        assertThat(TenantLeaks.run(3000, folder.resolve("requests.jsonl"))).contains("3000 inputs");
    }

    @Test
    @Tag("nightly")
    void noWordOfOneConnectionComesToAnotherAmongManyThousands() throws Exception {
        assertThat(TenantLeaks.run(100_000, folder.resolve("requests.jsonl"))).contains("100000 inputs");
    }

    @Test
    void whoseWordsStandInATextIsKnown() {
        Marks marks = new Marks();
        SplittableRandom chance = new SplittableRandom(1);
        String mine = marks.mark(1, chance);
        String yours = marks.mark(2, chance);
        assertThat(marks.in("\"" + mine + "\"" + yours + "mk0000000000000000")).containsExactly(1L, 2L);
        assertThat(marks.in(mine.substring(1))).isEmpty();
    }
}

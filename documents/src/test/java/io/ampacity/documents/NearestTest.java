package io.ampacity.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> CHIPS = List.of("h100-sxm", "h100-pcie", "h200-sxm", "mi300x", "trainium2");

    @Test
    void oneSlipIsUnderstood() {
        assertThat(Nearest.to("h100-smx", CHIPS)).first().isEqualTo("h100-sxm");
        assertThat(Nearest.to("H200 SXM", CHIPS)).first().isEqualTo("h200-sxm");
        assertThat(Nearest.to("tranium2", CHIPS)).containsExactly("trainium2");
    }

    @Test
    void aPartOfANameFindsTheNamesThatHoldIt() {
        assertThat(Nearest.to("h100", CHIPS)).containsExactly("h100-sxm", "h100-pcie");
    }

    @Test
    void severalNamesOfOneThingGiveItOnce() {
        Map<String, String> names = Map.of("h100-sxm", "h100", "h100-pcie", "h100", "h200-sxm", "h200");
        assertThat(Nearest.to("h100", names)).containsExactly("h100");
        assertThat(Nearest.to("nvidia-h200-sxm-141gb", names)).containsExactly("h200");
    }

    @Test
    void whatIsFarFromEverythingFindsNothing() {
        assertThat(Nearest.to("toaster", CHIPS)).isEmpty();
        assertThat(Nearest.to("", CHIPS)).isEmpty();
        assertThat(Nearest.to("x".repeat(100_000), CHIPS)).isEmpty();
    }

    @Test
    void distanceIsThatOfTheRecursiveDefinition() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            String a = word(random);
            String b = word(random);
            assertThat(Nearest.distance(a, b)).as("%s %s", a, b).isEqualTo(recursive(a, b));
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int recursive(String a, String b) {
        int i = a.length();
        int j = b.length();
        if (i == 0 || j == 0) {
            return i + j;
        }
        String shortA = a.substring(0, i - 1);
        String shortB = b.substring(0, j - 1);
        int best = recursive(shortA, shortB) + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        best = Math.min(best, recursive(shortA, b) + 1);
        best = Math.min(best, recursive(a, shortB) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, recursive(a.substring(0, i - 2), b.substring(0, j - 2)) + 1) : best;
    }
}

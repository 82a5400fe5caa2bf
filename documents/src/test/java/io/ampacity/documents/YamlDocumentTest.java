package io.ampacity.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ampacity.documents.DocumentNode.MappingNode;
import io.ampacity.documents.DocumentNode.ScalarNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlDocumentTest {

    @Test
    void everyValueKnowsItsPlace() {
        MappingNode root = (MappingNode) YamlDocument.parse("a.yaml", "one: 1\ntwo:\n  - x\n  - three: y\n");
        DocumentNode list = root.member("two");
        assertThat(list).isNotNull();
        ScalarNode deepest = (ScalarNode) at(root, "two", 1, "three");
        assertThat(deepest.place()).isEqualTo(new Place("a.yaml", 4, 12, "two[1].three"));
        assertThat(deepest.text()).isEqualTo("y");
    }

    @Test
    void mergedKeysYieldToOwnOnesAndKeepTheLineTheyWereWrittenOn() {
        MappingNode root = (MappingNode) YamlDocument.parse(
                "a.yaml", "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nuse: {<<: [*b, *m], x: 9}\n");
        MappingNode use = (MappingNode) at(root, "use");
        assertThat(use.members().keySet()).containsExactlyInAnyOrder("x", "y", "z");
        assertThat(((ScalarNode) at(use, "x")).text()).isEqualTo("9");
        assertThat(((ScalarNode) at(use, "y")).text()).isEqualTo("2");
        assertThat(at(use, "y").place().line()).isEqualTo(1);
        assertThat(at(use, "z").place()).isEqualTo(new Place("a.yaml", 2, 20, "use.z"));
    }

    @Test
    void allKeysThatStandTwiceAreFoundAtOnce() {
        YamlDocument.Reading reading = YamlDocument.parseLeniently("a.yaml", "a: 1\na: 2\nb: {c: 1, c: 2}\n");
        assertThat(reading.root()).isNotNull();
        assertThat(reading.issues())
                .extracting(issue -> issue.place().toString())
                .containsExactly("a.yaml:2:1 a", "a.yaml:3:11 b.c");
        assertThatThrownBy(() -> YamlDocument.parse("a.yaml", "a: 1\na: 2\n"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("first on line 1");
    }

    @Test
    void controlCharactersNeverReachAMessage() {
        YamlDocument.Reading reading = YamlDocument.parseLeniently("a.yaml", "\"\\e[31m\\n\": 1\n\"\\e[31m\\n\": 2\n");
        assertThat(reading.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.toString())
                        .doesNotContainPattern("\\p{Cntrl}")
                        .contains("?[31m?"));
    }

    @Test
    void aHugeWordIsRefusedBeforeItCostsTime() {
        assertThat(YamlDocument.parseLeniently("a.yaml", "a: " + "x".repeat(4 << 20))
                        .issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.problem()).contains("without a blank"));
    }

    private static DocumentNode at(DocumentNode node, Object... path) {
        @Nullable DocumentNode here = node;
        for (Object step : path) {
            here = switch (here) {
                case MappingNode mapping -> mapping.member((String) step);
                case DocumentNode.SequenceNode list -> list.elements().get((Integer) step);
                case ScalarNode _ -> null;
                case null -> null;
            };
        }
        if (here == null) {
            throw new AssertionError("nothing stands there");
        }
        return here;
    }
}

package io.ampacity.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.YamlDocument;
import io.ampacity.facts.BuiltInCatalogue;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Engine;
import io.ampacity.facts.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EfficiencyTableTest {

    private static final Catalogue CATALOGUE = BuiltInCatalogue.load();

    private static Chip chip(String name) {
        return CATALOGUE.chip(name).orElseThrow();
    }

    private static EfficiencyTable.Resolved resolve(String chip, Engine engine, Precision precision) {
        return EfficiencyTable.shipped().resolve(chip(chip), engine, precision);
    }

    @Test
    void aMeasuredChipIsCalibrated() {
        assertThat(resolve("h100-sxm", Engine.VLLM, Precision.BF16).provenance())
                .isEqualTo(Provenance.CALIBRATED);
        assertThat(resolve("b200-sxm", Engine.TRTLLM, Precision.FP4).provenance())
                .isEqualTo(Provenance.CALIBRATED);
    }

    @Test
    void anUnmeasuredChipInheritsFromItsKinWithAWiderBand() {
        EfficiencyTable.Resolved kin = resolve("a100-pcie-80gb", Engine.VLLM, Precision.BF16);
        assertThat(kin.provenance()).isEqualTo(Provenance.KIN);
        EfficiencyTable.Entry entry = kin.entry();
        assertThat(entry).isNotNull();
        if (entry != null) {
            assertThat(entry.engine()).isEqualTo(Engine.VLLM);
            assertThat(entry.chip()).isEqualTo("a100-sxm-80gb");
            assertThat(kin.timeBand().high()).isGreaterThan(entry.timeBand().high());
            assertThat(kin.timeBand().low()).isLessThan(entry.timeBand().low());
        }
    }

    @Test
    void aCardInheritsFromACardAndNotFromAServersChip() {
        EfficiencyTable.Entry entry =
                resolve("l40s", Engine.VLLM, Precision.BF16).entry();
        assertThat(entry).isNotNull();
        if (entry != null) {
            assertThat(entry.chip()).startsWith("rtx");
        }
    }

    @Test
    void whatKinLendsFadesIntoWhatIsTypicalOfTheChip() {
        EfficiencyTable.Resolved kin = resolve("l40s", Engine.VLLM, Precision.BF16);
        EfficiencyTable.Entry entry = kin.entry();
        assertThat(entry).isNotNull();
        if (entry != null) {
            Efficiencies lent = entry.efficiencies();
            Efficiencies typical = Efficiencies.typicalOf(chip("l40s"));
            assertThat(typical.memory()).isEqualTo(Efficiencies.CARD.memory());
            assertThat(share(lent.memory(), kin.efficiencies().memory(), typical.memory()))
                    .isBetween(0.1, 0.6);
            assertThat(kin.efficiencies().compute())
                    .as("arithmetic follows the power that the chip may draw")
                    .isCloseTo(typical.compute(), withinPercentage(5));
            assertThat(kin.efficiencies().power()).isEqualTo(lent.power());
        }
    }

    private static double share(double from, double between, double to) {
        return (between - from) / (to - from);
    }

    @Test
    void anotherEngineOrFormatOfAMeasuredChipLendsAllOfIt() {
        EfficiencyTable.Resolved other = resolve("h200-sxm", Engine.VLLM, Precision.BF16);
        EfficiencyTable.Entry entry = other.entry();
        assertThat(entry).isNotNull();
        if (entry != null) {
            assertThat(entry.chip()).isEqualTo("h200-sxm");
            assertThat(other.efficiencies()).isEqualTo(entry.efficiencies());
        }
    }

    @Test
    void onlyCardsReachWhatIsTypicalOfCards() {
        assertThat(Efficiencies.typicalOf(chip("rtx-4090")).memory()).isEqualTo(Efficiencies.CARD.memory());
        assertThat(Efficiencies.typicalOf(chip("h100-sxm")).memory()).isEqualTo(Efficiencies.TYPICAL.memory());
        assertThat(Efficiencies.typicalOf(chip("tpu-v5e")).memory()).isEqualTo(Efficiencies.TYPICAL.memory());
        assertThat(EfficiencyTable.empty()
                        .resolve(chip("l4"), Engine.VLLM, Precision.FP8)
                        .efficiencies()
                        .attentionMemory())
                .isEqualTo(Efficiencies.CARD.attentionMemory());
    }

    @Test
    void aChipWithMoreArithmeticForItsWattsReachesLessOfIt() {
        assertThat(Efficiencies.typicalOf(chip("rtx-4090")).compute()).isCloseTo(0.93, withinPercentage(2));
        assertThat(Efficiencies.typicalOf(chip("l40s")).compute())
                .isLessThan(Efficiencies.typicalOf(chip("a100-sxm-80gb")).compute())
                .isGreaterThan(Efficiencies.typicalOf(chip("h100-sxm")).compute());
        assertThat(resolve("h100-pcie", Engine.VLLM, Precision.BF16)
                        .efficiencies()
                        .compute())
                .isLessThan(resolve("h100-sxm", Engine.VLLM, Precision.BF16)
                        .efficiencies()
                        .compute());
    }

    @Test
    void kinIsOfTheSameGenerationAndHasLinksOfItsOwn() {
        for (String chip : new String[] {"h100-pcie", "h100-nvl", "h20"}) {
            EfficiencyTable.Entry entry =
                    resolve(chip, Engine.VLLM, Precision.BF16).entry();
            assertThat(entry).isNotNull();
            if (entry != null) {
                assertThat(entry.chip()).as(chip).isEqualTo("h100-sxm");
            }
        }
        assertThat(resolve("h100-pcie", Engine.VLLM, Precision.BF16)
                        .efficiencies()
                        .linkSeconds())
                .as("over PCIe")
                .isEqualTo(Efficiencies.CARD.linkSeconds());
        assertThat(resolve("h100-nvl", Engine.VLLM, Precision.BF16)
                        .efficiencies()
                        .linkSeconds())
                .isLessThan(5e-6);
    }

    @Test
    void aChipOfAnotherFamilyIsUncalibrated() {
        assertThat(resolve("tpu-v6e", Engine.VLLM, Precision.BF16).provenance()).isEqualTo(Provenance.UNCALIBRATED);
    }

    @Test
    void aWrittenTableReadsBackTheSame() {
        EfficiencyTable table = EfficiencyTable.shipped();
        String text = EfficiencyFile.write(table);
        EfficiencyTable again = EfficiencyFile.read(YamlDocument.parse("t", text), Map.of());
        assertThat(EfficiencyFile.write(again)).isEqualTo(text);
        assertThat(again.entries()).hasSameSizeAs(table.entries());
    }

    @Test
    void aBrokenTableNamesEveryMistakeAndItsPlace() {
        String text = EfficiencyFile.write(EfficiencyTable.shipped())
                .replaceFirst("exposed: .*", "exposed: much")
                .replaceFirst("engine: vllm", "engine: steam");
        assertThatThrownBy(() -> EfficiencyFile.read(YamlDocument.parse("table.yaml", text), Map.of()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("exposed")
                .hasMessageContaining("engine");
    }
}

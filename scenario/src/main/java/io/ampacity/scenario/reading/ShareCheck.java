package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Precision;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.ShareCaps.PartCap;
import io.ampacity.scenario.ShareCaps.ShareOf;
import io.ampacity.scenario.reading.PolicyTable.PartShareTable;
import java.util.List;

/** Finds shares that cannot be counted, since a fact of a chip is unknown: unknown is neither nobody nor nothing. */
record ShareCheck(Scenario scenario, SchemaReading reading, Form policy) {

    void check() {
        if (scenario.policy().shares().supplierCompute() != null) {
            peaksAreKnown(policy, PolicyTable.SUPPLIER_COMPUTE_CAP);
        }
        List<Form> forms = policy.valueOrNull(PolicyTable.PART_SHARES);
        List<PartCap> caps = scenario.policy().shares().parts();
        for (int i = 0; forms != null && i < Math.min(forms.size(), caps.size()); i++) {
            check(forms.get(i), caps.get(i));
        }
    }

    private void check(Form form, PartCap cap) {
        boolean made = false;
        for (String id : scenario.chips()) {
            Chip chip = scenario.catalogue().chips().get(id);
            var making = chip == null ? null : chip.parts().get(cap.part());
            if (making == null) {
                reading.error(
                        form.place(PartShareTable.PART),
                        id,
                        "who makes the " + cap.part().id() + " of " + id
                                + " is unknown, so its share cannot be counted",
                        "state parts: {" + cap.part().id()
                                + ": {makers: […], source: …}} of the chip in a file for --facts");
                return;
            }
            made |= cap.maker() == null || making.makers().contains(cap.maker());
        }
        if (!made) {
            reading.warning(
                    form.place(PartShareTable.MAKER),
                    cap.maker(),
                    "nobody named \"" + cap.maker() + "\" makes the "
                            + cap.part().id() + " of any chip here, so this limits nothing",
                    "look at: ampacity facts show chip ID");
        }
        if (cap.of() == ShareOf.COMPUTE) {
            peaksAreKnown(form, PartShareTable.OF);
        }
    }

    private void peaksAreKnown(Form form, Attribute<?> attribute) {
        for (String id : scenario.chips()) {
            Chip chip = scenario.catalogue().chips().get(id);
            if (chip == null || chip.peakFlops().get(Precision.BF16) == null) {
                reading.error(
                        form.states(attribute) ? form.place(attribute) : form.place(),
                        id,
                        "the dense BF16 peak of " + id + " is unknown, so shares of compute cannot be counted",
                        "limit shares of spending, or state the peak of the chip in a file for --facts");
                return;
            }
        }
    }
}

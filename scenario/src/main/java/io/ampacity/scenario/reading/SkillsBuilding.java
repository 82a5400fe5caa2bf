package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.Chip;
import io.ampacity.scenario.Learning;
import io.ampacity.scenario.Skills;
import io.ampacity.scenario.reading.SkillsTable.LearnTable;
import io.ampacity.scenario.reading.SkillsTable.WayTable;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes {@link Skills} of a document. */
record SkillsBuilding(SchemaReading reading, Catalogue catalogue) {

    private static final double SECONDS_PER_MONTH = 31_557_600.0 / 12;

    /** The skills; null when the document says nothing of them, or nothing sound. */
    @Nullable Skills skills(Form root) {
        Form form = root.valueOrNull(ScenarioTable.SKILLS);
        if (form == null || !form.isSound()) {
            return null;
        }
        SortedSet<String> today = new TreeSet<>(form.value(SkillsTable.TODAY));
        List<Learning> learnings = new ArrayList<>();
        Map<String, Form> learn = form.valueOrNull(SkillsTable.LEARN);
        if (learn != null) {
            learn.forEach((name, ways) -> learnings.addAll(learnings(name, ways, today)));
        }
        ownFleet(root, form, today);
        return new Skills(today, learnings);
    }

    private List<Learning> learnings(String name, Form form, SortedSet<String> today) {
        List<Learning> ways = new ArrayList<>();
        Optional<String> family = reading.vocabulary("chip family").resolve(name);
        if (family.isEmpty()) {
            reading.error(
                    form.place(),
                    name,
                    "no chip of the catalogue is of the family \"" + name + "\"",
                    "the families are " + String.join(", ", Vocabularies.families(catalogue)));
            return ways;
        }
        if (today.contains(family.get())) {
            reading.error(
                    form.place(),
                    name,
                    "the team can run " + family.get() + " today, so it need not learn it",
                    "remove it here, or from skills.today");
        }
        if (!form.states(LearnTable.TRAIN) && !form.states(LearnTable.HIRE)) {
            reading.error(
                    form.place(),
                    name,
                    "there is no way to learn " + family.get(),
                    "add train or hire, or remove the family");
        }
        way(form, LearnTable.TRAIN, family.get(), Learning.Way.TRAIN, ways);
        way(form, LearnTable.HIRE, family.get(), Learning.Way.HIRE, ways);
        return ways;
    }

    private static void way(Form form, Attribute<Form> attribute, String family, Learning.Way way, List<Learning> to) {
        Form stated = form.valueOrNull(attribute);
        if (stated != null && stated.isSound()) {
            to.add(new Learning(
                    family,
                    way,
                    new Money(stated.value(WayTable.COST)),
                    new Money(stated.value(WayTable.RUNNING_COST)),
                    (int) Math.round(stated.value(WayTable.LEAD_TIME) / SECONDS_PER_MONTH)));
        }
    }

    /** Whoever owns chips runs them: a fleet of a family that nobody can run is a mistake. */
    private void ownFleet(Form root, Form form, SortedSet<String> today) {
        List<Form> fleet = root.valueOrNull(ScenarioTable.FLEET);
        for (int i = 0; fleet != null && i < fleet.size(); i++) {
            String id = fleet.get(i).valueOrNull(FleetTable.CHIP);
            Chip chip = id == null ? null : catalogue.chips().get(id);
            if (chip != null && !today.contains(chip.family())) {
                reading.error(
                        form.place(SkillsTable.TODAY),
                        null,
                        "the fleet has " + chip.id() + ", but the team cannot run " + chip.family(),
                        "add " + chip.family() + " to skills.today");
            }
        }
    }
}

package io.ampacity.scenario.reading;

import io.ampacity.documents.Place;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.facts.Chip;
import io.ampacity.facts.Figure;
import io.ampacity.facts.LanguageModel;
import io.ampacity.facts.ParameterCount;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Policy;
import io.ampacity.scenario.Scenario;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier;
import io.ampacity.scenario.Workload;
import io.ampacity.units.Dimension;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds rules that leave no answer, before anybody spends time on looking for one. */
final class AnswerabilityCheck {

    /** No serving replica is spread over more chips than this, whatever the engine. */
    private static final int LARGEST_GROUP = 64;

    private final Scenario scenario;
    private final SchemaReading reading;
    private final Form policyForm;
    private final Map<String, Form> workloadForms;
    private final Map<String, Form> siteForms;

    AnswerabilityCheck(
            Scenario scenario,
            SchemaReading reading,
            Form policyForm,
            Map<String, Form> workloadForms,
            Map<String, Form> siteForms) {
        this.scenario = scenario;
        this.reading = reading;
        this.policyForm = policyForm;
        this.workloadForms = workloadForms;
        this.siteForms = siteForms;
    }

    void check() {
        for (Workload workload : scenario.workloads()) {
            Form form = workloadForms.get(workload.id());
            if (form != null) {
                check(workload, form);
            }
        }
        checkShareCap();
        new ShareCheck(scenario, reading, policyForm).check();
        checkSitePower();
        checkUnusedDataClasses();
    }

    private void check(Workload workload, Form form) {
        Eligibility eligibility = Eligibility.of(scenario, workload);
        if (eligibility.sites().isEmpty()) {
            Place place = form.states(WorkloadTable.DATA_CLASS) ? form.place(WorkloadTable.DATA_CLASS) : form.place();
            reading.error(
                    place,
                    workload.id(),
                    "no site can take \"" + workload.id() + "\": " + eligibility.explained(),
                    "widen policy.data-classes, the workload's chips or latency-class, or add a site");
            return;
        }
        checkFit(workload, form, eligibility);
        if (workload instanceof Workload.Serving) {
            checkSurvivals(workload, eligibility);
        }
    }

    /** Weights against memory: an upper bound on room, so that only models that truly cannot fit are refused. */
    private void checkFit(Workload workload, Form form, Eligibility eligibility) {
        LanguageModel model = scenario.catalogue().models().get(workload.model());
        if (model == null || workload instanceof Workload.Training) {
            return;
        }
        double weights = ParameterCount.of(model).total() * workload.precision().bytes();
        Map<String, Double> rooms = new LinkedHashMap<>();
        for (Site site : eligibility.sites()) {
            for (String id : Eligibility.chips(scenario, site.id())) {
                Chip chip = scenario.catalogue().chips().get(id);
                Figure memory = chip == null ? null : chip.memoryBytes();
                if (workload.chips().isEmpty() || workload.chips().contains(id)) {
                    rooms.put(id, memory == null ? Double.POSITIVE_INFINITY : memory.value() * LARGEST_GROUP);
                }
            }
        }
        if (!rooms.isEmpty() && rooms.values().stream().allMatch(room -> room < weights)) {
            reading.error(
                    form.place(WorkloadTable.MODEL),
                    workload.model(),
                    "the weights of " + workload.model() + " take " + Dimension.BYTES.print(weights) + " in "
                            + workload.precision().id() + ", more than " + LARGEST_GROUP
                            + " chips of any kind it may run on hold (" + String.join(", ", rooms.keySet()) + ")",
                    "offer a chip with more memory, lower the precision, or choose a smaller model");
        }
    }

    private void checkSurvivals(Workload workload, Eligibility eligibility) {
        List<Form> forms = policyForm.valueOrNull(PolicyTable.SURVIVE);
        List<Policy.Survival> survivals = scenario.policy().survivals();
        for (int i = 0; forms != null && i < Math.min(forms.size(), survivals.size()); i++) {
            Policy.Survival survival = survivals.get(i);
            Set<String> holders = holders(survival.loss(), workload, eligibility);
            boolean ownRemains = survival.loss() == Policy.LossOf.SUPPLIER && holders.contains(Names.OWN);
            if (holders.size() > survival.atOnce() || ownRemains) {
                continue;
            }
            reading.error(
                    forms.get(i).place(),
                    workload.id(),
                    "\"" + workload.id() + "\" can run only "
                            + (survival.loss() == Policy.LossOf.CHIP_FAMILY ? "on chips of " : "at ")
                            + String.join(", ", holders) + ", so when "
                            + (survival.atOnce() > 1
                                    ? "two are"
                                    : "that " + survival.loss().spoken() + " is")
                            + " lost nothing serves it"
                            + (eligibility.exclusions().isEmpty() ? "" : " (" + eligibility.explained() + ")"),
                    "add a second one that may take it, or remove this survival");
        }
    }

    /** What a workload may rest on, each of which may be lost. */
    private Set<String> holders(Policy.LossOf loss, Workload workload, Eligibility eligibility) {
        Set<String> holders = new LinkedHashSet<>();
        for (Site site : eligibility.sites()) {
            switch (loss) {
                case SITE -> holders.add(site.id());
                case SUPPLIER -> holders.add(site.supplier());
                case CHIP_FAMILY ->
                    Eligibility.chips(scenario, site.id()).stream()
                            .filter(chip -> workload.chips().isEmpty()
                                    || workload.chips().contains(chip))
                            .forEach(chip -> holders.add(scenario.family(chip)));
            }
        }
        return holders;
    }

    private void checkShareCap() {
        Double cap = scenario.policy().shares().supplierSpending();
        boolean ownSpends = scenario.suppliers().stream().anyMatch(Supplier::own);
        List<String> others = scenario.suppliers().stream()
                .filter(supplier -> !supplier.own())
                .map(Supplier::id)
                .toList();
        if (cap == null || ownSpends || others.isEmpty() || cap * others.size() >= 1 - 1e-9) {
            return;
        }
        reading.error(
                policyForm.place(PolicyTable.SUPPLIER_SHARE_CAP),
                policyForm.text(PolicyTable.SUPPLIER_SHARE_CAP),
                "the share cap cannot be met: " + others.size() + " supplier" + (others.size() == 1 ? "" : "s") + " ("
                        + String.join(", ", others) + ") of at most " + Dimension.FRACTION.print(cap)
                        + " each make less than the whole",
                "raise it to " + (int) Math.ceil(100.0 / others.size()) + " % or add a supplier");
    }

    private void checkSitePower() {
        Map<String, Double> watts = new LinkedHashMap<>();
        for (OwnedFleet fleet : scenario.fleet()) {
            Chip chip = scenario.catalogue().chips().get(fleet.chip());
            Figure tdp = chip == null ? null : chip.tdpWatts();
            if (tdp == null) {
                Form form = siteForms.get(fleet.site());
                if (form != null) {
                    reading.warning(
                            form.place(),
                            fleet.chip(),
                            "the design power of " + fleet.chip() + " is unknown, so its energy cannot be counted well",
                            "state it with: ampacity facts import");
                }
                continue;
            }
            watts.merge(fleet.site(), fleet.chips() * tdp.value(), Double::sum);
        }
        for (Site site : scenario.sites()) {
            double need = watts.getOrDefault(site.id(), 0.0) * site.pue();
            Form form = siteForms.get(site.id());
            if (site.power() != null && form != null && need > site.power().watts()) {
                reading.warning(
                        form.place(SiteTable.POWER),
                        form.text(SiteTable.POWER),
                        "the chips owned at \"" + site.id() + "\" draw up to " + Dimension.POWER.print(need)
                                + " with cooling, more than the site's "
                                + site.power().print()
                                + ", so not all can run at once",
                        "raise power, or the fleet is smaller");
            }
        }
    }

    private void checkUnusedDataClasses() {
        Map<String, Form> forms = policyForm.valueOrNull(PolicyTable.DATA_CLASSES);
        if (forms == null) {
            return;
        }
        forms.forEach((name, form) -> {
            boolean used = scenario.workloads().stream().anyMatch(workload -> name.equals(workload.dataClass()))
                    || scenario.workloads().size() < workloadForms.size();
            if (!used) {
                reading.warning(
                        form.place(),
                        name,
                        "no workload names the data class \"" + name + "\", so it protects nothing",
                        "add data-class: " + name + " to a workload");
            }
        });
    }
}

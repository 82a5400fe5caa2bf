package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Attribute;
import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.scenario.Expansion;
import io.ampacity.scenario.Programme;
import io.ampacity.scenario.Programme.Ramp;
import io.ampacity.scenario.Programme.Tier;
import io.ampacity.scenario.Projects;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.reading.ProgrammeTable.LearningTable;
import io.ampacity.scenario.reading.ProgrammeTable.RampTable;
import io.ampacity.scenario.reading.ProgrammeTable.TierTable;
import io.ampacity.units.Money;
import io.ampacity.units.Power;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Projects} of sound forms.
 *
 * @param sites those that could be built
 * @param suppliers ids of those the document names
 */
record ProjectBuilding(SchemaReading reading, PeriodLookup periods, Map<String, Site> sites, Set<String> suppliers) {

    private static final double SECONDS_PER_MONTH = 31_557_600.0 / 12;
    private static final int MOST_DOUBLINGS = 8;

    Projects projects(Form root, Map<String, Form> siteForms) {
        List<Programme> programmes = new ArrayList<>();
        Map<String, Form> stated = root.valueOrNull(ScenarioTable.PROGRAMMES);
        if (stated != null) {
            stated.forEach((id, form) -> {
                Programme programme = form.isSound() ? programme(id, form) : null;
                if (programme != null) {
                    programmes.add(programme);
                }
            });
        }
        List<Expansion> expansions = new ArrayList<>();
        siteForms.forEach((id, site) -> {
            Map<String, Form> steps = site.isSound() ? site.valueOrNull(SiteTable.EXPANSIONS) : null;
            if (steps != null) {
                steps.forEach((name, form) -> {
                    Expansion expansion = form.isSound() ? expansion(id, name, form) : null;
                    if (expansion != null) {
                        expansions.add(expansion);
                    }
                });
            }
        });
        return programmes.isEmpty() && expansions.isEmpty() ? Projects.NONE : new Projects(programmes, expansions);
    }

    private static int months(Form form, Attribute<Double> attribute) {
        return (int) Math.round(form.value(attribute) / SECONDS_PER_MONTH);
    }

    private @Nullable Integer period(Form form, Attribute<Months.Span> attribute, int whenAbsent) {
        Months.Span span = form.valueOrNull(attribute);
        return span == null
                ? Integer.valueOf(whenAbsent)
                : periods.insideOrEarlier(span.first(), form.place(attribute), form.text(attribute));
    }

    private @Nullable Expansion expansion(String site, String id, Form form) {
        Integer from = period(form, ExpansionTable.FROM, 0);
        if (from == null) {
            return null;
        }
        List<String> cools = form.valueOrNull(ExpansionTable.COOLS);
        return new Expansion(
                site,
                id,
                new Power(form.value(ExpansionTable.POWER)),
                new Money(form.value(ExpansionTable.PRICE)),
                new Money(form.value(ExpansionTable.RUNNING_COST)),
                form.value(ExpansionTable.STEPS),
                from,
                months(form, ExpansionTable.LEAD_TIME),
                Math.max(1, months(form, ExpansionTable.USEFUL_LIFE)),
                cools == null ? List.of() : cools);
    }

    private @Nullable Programme programme(String id, Form form) {
        int errorsBefore = reading.errors();
        Integer earliest = period(form, ProgrammeTable.START, 0);
        int silicon = months(form, ProgrammeTable.FIRST_SILICON);
        int useful = periods.horizon().periods()
                - 1
                - Math.ceilDiv(silicon, periods.horizon().monthsPerPeriod());
        Integer latest = period(form, ProgrammeTable.LATEST, Math.max(earliest == null ? 0 : earliest, useful));
        if (earliest != null && latest != null && latest < earliest) {
            reading.error(
                    form.place(ProgrammeTable.LATEST),
                    form.text(ProgrammeTable.LATEST),
                    "the programme \"" + id + "\" must start before it can",
                    "swap start and latest-start");
        }
        String supplier = form.value(ProgrammeTable.SUPPLIER);
        if (!supplier.equals(Names.OWN) && !suppliers.contains(supplier)) {
            reading.error(
                    form.place(ProgrammeTable.SUPPLIER),
                    supplier,
                    "\"" + supplier + "\" is no supplier of this scenario",
                    "add it under suppliers, or remove this key");
        }
        List<String> at = sites(id, form);
        List<Tier> tiers = tiers(id, form);
        if (earliest == null || latest == null || reading.errors() > errorsBefore) {
            return null;
        }
        int left = (periods.horizon().periods() - earliest) * periods.horizon().monthsPerPeriod();
        if (silicon >= left) {
            reading.warning(
                    form.place(ProgrammeTable.FIRST_SILICON),
                    form.text(ProgrammeTable.FIRST_SILICON),
                    "the first silicon of \"" + id + "\" comes after the horizon, so no plan will start it",
                    "lengthen the horizon");
        }
        return new Programme(
                id,
                form.value(ProgrammeTable.KIND),
                form.value(ProgrammeTable.CHIP),
                supplier,
                at,
                earliest,
                latest,
                form.value(ProgrammeTable.DECISION),
                new Money(form.value(ProgrammeTable.UP_FRONT)),
                form.value(ProgrammeTable.VALUE_AT_END),
                new Money(form.value(ProgrammeTable.ENGINEERING)),
                form.value(ProgrammeTable.TAPE_OUTS),
                new Money(form.value(ProgrammeTable.TAPE_OUT_COST)),
                new Money(form.value(ProgrammeTable.RUNNING_COST)),
                silicon,
                ramp(form),
                form.value(ProgrammeTable.YIELD),
                tiers,
                form.value(ProgrammeTable.BLOCK),
                Math.max(1, months(form, ProgrammeTable.USEFUL_LIFE)),
                months(form, ProgrammeTable.LEAD_TIME),
                false);
    }

    private List<String> sites(String id, Form form) {
        List<String> named = form.valueOrNull(ProgrammeTable.SITES);
        List<String> own = sites.values().stream()
                .filter(site -> site.supplier().equals(Names.OWN))
                .map(Site::id)
                .toList();
        if (named == null) {
            if (own.isEmpty()) {
                reading.error(
                        form.place(),
                        id,
                        "there is no own site where the chips of \"" + id + "\" could stand",
                        "add one under sites, with its power");
            }
            return own;
        }
        for (int i = 0; i < named.size(); i++) {
            Site site = sites.get(named.get(i));
            if (site != null && !own.contains(named.get(i))) {
                reading.error(
                        form.place(ProgrammeTable.SITES, i),
                        named.get(i),
                        "\"" + named.get(i) + "\" is operated by " + site.supplier()
                                + ", and chips of one's own stand at own sites only",
                        "name an own site");
            }
        }
        return named;
    }

    private static List<Ramp> ramp(Form form) {
        return form.value(ProgrammeTable.RAMP).stream()
                .map(step -> new Ramp(months(step, RampTable.AFTER), step.value(RampTable.CHIPS)))
                .sorted(Comparator.comparingInt(Ramp::afterMonths))
                .toList();
    }

    private List<Tier> tiers(String id, Form form) {
        double price = form.value(ProgrammeTable.PRICE);
        List<Tier> tiers = new ArrayList<>(List.of(new Tier(0, new Money(price))));
        List<Form> stated = form.valueOrNull(ProgrammeTable.TIERS);
        Form learning = form.valueOrNull(ProgrammeTable.LEARNING);
        if (stated != null && learning != null) {
            reading.error(
                    form.place(ProgrammeTable.LEARNING),
                    null,
                    "the programme \"" + id + "\" states prices by volume and a learning curve",
                    "remove one of the two");
        }
        if (learning != null) {
            double rate = learning.value(LearningTable.RATE);
            double exponent = Math.log(rate) / Math.log(2) + 1;
            double mean = Math.abs(exponent) < 1e-9 ? Math.log(2) : (Math.pow(2, exponent) - 1) / exponent;
            for (int doubling = 0; doubling < MOST_DOUBLINGS && rate < 1; doubling++) {
                tiers.add(new Tier(
                        learning.value(LearningTable.FROM) * Math.pow(2, doubling),
                        new Money(price * Math.pow(rate, doubling) * mean)));
            }
        } else if (stated != null) {
            stated.stream()
                    .map(tier -> new Tier(tier.value(TierTable.FROM), new Money(tier.value(TierTable.PRICE))))
                    .sorted(Comparator.comparingDouble(Tier::from))
                    .forEach(tiers::add);
            for (int i = 1; i < tiers.size(); i++) {
                if (tiers.get(i).price().usd() > tiers.get(i - 1).price().usd()
                        || tiers.get(i).from() == tiers.get(i - 1).from()) {
                    reading.error(
                            form.place(ProgrammeTable.TIERS),
                            null,
                            "the price of \"" + id + "\" does not fall with volume at "
                                    + tiers.get(i).from() + " chips",
                            "lower that price, or the volumes are swapped");
                    break;
                }
            }
        }
        return tiers;
    }
}

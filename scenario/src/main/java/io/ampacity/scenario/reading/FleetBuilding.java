package io.ampacity.scenario.reading;

import io.ampacity.documents.schema.Form;
import io.ampacity.documents.schema.Months;
import io.ampacity.documents.schema.SchemaReading;
import io.ampacity.scenario.OwnedFleet;
import io.ampacity.scenario.Site;
import io.ampacity.scenario.Supplier.Quota;
import io.ampacity.scenario.reading.SupplierTable.QuotaTable;
import io.ampacity.units.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes {@link OwnedFleet}s and {@link Quota}s of sound forms. */
record FleetBuilding(SchemaReading reading, PeriodLookup periods, Map<String, Site> sites) {

    /** Null, with the reason noted, when the chips can never be used. */
    @Nullable OwnedFleet fleet(Form form) {
        Site site = sites.get(form.value(FleetTable.SITE));
        if (site == null) {
            return null;
        }
        if (!site.supplier().equals(Names.OWN)) {
            reading.error(
                    form.place(FleetTable.SITE),
                    site.id(),
                    "own chips cannot stand at \"" + site.id() + "\", which " + site.supplier() + " operates",
                    "declare an own site under sites, or write what you reserved there as an offer");
            return null;
        }
        Months.Span fromSpan = form.valueOrNull(FleetTable.FROM);
        Months.Span untilSpan = form.valueOrNull(FleetTable.UNTIL);
        Integer from = fromSpan == null
                ? Integer.valueOf(0)
                : periods.insideOrEarlier(fromSpan.first(), form.place(FleetTable.FROM), form.text(FleetTable.FROM));
        if (from == null) {
            return null;
        }
        Integer until = untilSpan == null ? null : Integer.valueOf(periods.index(untilSpan.first()));
        if (until != null && until <= from) {
            reading.error(
                    form.place(FleetTable.UNTIL),
                    form.text(FleetTable.UNTIL),
                    "these chips are gone before they can be used",
                    until <= 0 ? "remove them" : "swap from and until");
            return null;
        }
        Double bookCost = form.valueOrNull(FleetTable.BOOK_COST);
        return new OwnedFleet(
                site.id(),
                form.value(FleetTable.CHIP),
                form.value(FleetTable.CHIPS),
                from,
                until == null || until >= periods.horizon().periods() ? null : until,
                bookCost == null ? null : new Money(bookCost));
    }

    List<Quota> quotas(String supplier, List<Form> forms) {
        List<Quota> quotas = new ArrayList<>();
        for (Form form : forms) {
            Months.Span fromSpan = form.valueOrNull(QuotaTable.FROM);
            Integer from = fromSpan == null
                    ? Integer.valueOf(0)
                    : periods.insideOrEarlier(
                            fromSpan.first(), form.place(QuotaTable.FROM), form.text(QuotaTable.FROM));
            String id = form.valueOrNull(QuotaTable.SITE);
            Site site = id == null ? null : sites.get(id);
            if (site != null && !site.supplier().equals(supplier)) {
                reading.error(
                        form.place(QuotaTable.SITE),
                        id,
                        "\"" + id + "\" is operated by " + site.supplier() + ", not by " + supplier,
                        "move this quota to suppliers." + site.supplier());
            }
            if (from == null) {
                continue;
            }
            Quota quota = new Quota(form.valueOrNull(QuotaTable.CHIP), id, form.value(QuotaTable.CHIPS), from);
            boolean twice = quotas.stream()
                    .anyMatch(other -> Objects.equals(other.chip(), quota.chip())
                            && Objects.equals(other.site(), quota.site())
                            && other.fromPeriod() == quota.fromPeriod());
            if (twice) {
                reading.error(
                        form.place(),
                        null,
                        "two quotas limit the same chip at the same site from the same period",
                        "keep one, or add from: to one of them");
            }
            quotas.add(quota);
        }
        return quotas;
    }
}

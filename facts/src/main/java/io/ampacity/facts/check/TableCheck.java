package io.ampacity.facts.check;

import io.ampacity.documents.DocumentException;
import io.ampacity.documents.Issue;
import io.ampacity.documents.Place;
import io.ampacity.facts.Catalogue;
import io.ampacity.facts.check.IntensityRow.Basis;
import io.ampacity.facts.imports.PriceRow;
import io.ampacity.facts.imports.SkyPilotCatalogue;
import io.ampacity.facts.imports.Table;
import io.ampacity.facts.imports.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a CSV file of any kind whose header is known. */
final class TableCheck {

    private static final String TONNES = "CO2e (metric ton/kWh)";
    private static final Pattern LOST_POINT = Pattern.compile("0\\d+");
    private static final Pattern YEAR = Pattern.compile("20\\d\\d");
    private static final Map<String, String> PROVIDERS = Map.of(
            "Amazon Web Services",
            "aws",
            "Microsoft Azure",
            "azure",
            "Google Cloud",
            "gcp",
            "Google Cloud Platform",
            "gcp");

    private final Table table;
    private final Catalogue known;
    private final Findings findings = new Findings();

    private TableCheck(Table table, Catalogue known) {
        this.table = table;
        this.known = known;
    }

    static List<Finding> of(Table table, Catalogue known) {
        TableCheck check = new TableCheck(table, known);
        check.cells();
        check.run();
        return check.findings.list();
    }

    private void run() {
        if (table.hasColumns("InstanceType", "AcceleratorName")) {
            var rows = SkyPilotCatalogue.rows(table, providerOf(table.name()));
            rows.issues().forEach(this::issue);
            findings.addAll(PriceCheck.of(rows.records(), known));
        } else if (table.hasColumns("provider", "accelerator", "on_demand_usd_h")) {
            findings.addAll(PriceCheck.of(prices(), known));
        } else if (table.hasColumns("cloud-region", "grid-carbon-intensity-average-consumption-annual")) {
            findings.addAll(IntensityCheck.of(regions(this::metadata), known));
        } else if (table.hasColumns("Google Cloud Region")) {
            findings.addAll(IntensityCheck.of(regions(this::google), known));
        } else if (table.hasColumns("Region", TONNES)) {
            findings.addAll(IntensityCheck.of(regions(this::tonnes), known));
        } else if (table.hasColumns("provider", "region", "impact")) {
            findings.addAll(IntensityCheck.of(regions(this::impact), known));
        } else if (table.hasColumns("Hardware name", "Memory (bytes)")) {
            findings.addAll(ChipCheck.imported(chips(this::hardware), known));
        } else if (table.hasColumns("accelerator", "bf16_dense_tflops")) {
            findings.addAll(ChipCheck.imported(chips(this::accelerator), known));
        } else if (ShareCheck.applies(table)) {
            findings.addAll(ShareCheck.of(table));
        } else {
            throw new DocumentException(List.of(Issue.error(
                    new Place(table.name(), 1, 1, ""),
                    String.join(",", table.header()),
                    "the header is that of no known kind of list",
                    "it is a SkyPilot vms.csv, a region carbon list, a hardware list or a table of counts and"
                            + " percentages saved with other column names")));
        }
    }

    private void issue(Issue issue) {
        findings.error(
                "not-a-number",
                issue.place().path(),
                issue.problem(),
                String.valueOf(issue.value()),
                "a number",
                issue.place(),
                issue.advice() == null ? "" : "Maybe " + issue.advice() + ".");
    }

    private void cells() {
        for (Row row : table.rows()) {
            if (row.cells().size() > table.header().size()) {
                findings.error(
                        "cell-count",
                        row.cells().getFirst(),
                        "the row has more cells than the header: columns may be shifted",
                        row.cells().size() + " cells",
                        table.header().size() + " cells",
                        row.place(table.header().getFirst()),
                        "Look for a comma where a point belongs.");
            }
        }
    }

    /** A number; a cell that is none becomes a finding and is unknown from then on. */
    private @Nullable Double number(Row row, String column) {
        String text = row.text(column);
        Double value = row.number(column);
        if (value == null) {
            return null;
        }
        if (value.isNaN()) {
            findings.error(
                    "not-a-number",
                    row.cells().getFirst(),
                    "\"" + column + "\" holds text",
                    text,
                    "a number",
                    row.place(column),
                    "Check that columns are not shifted.");
            return null;
        }
        if (LOST_POINT.matcher(text).matches()) {
            findings.error(
                    "lost-decimal-point",
                    row.cells().getFirst(),
                    "\"" + column + "\" begins with zeros and has no point",
                    text,
                    "0." + text,
                    row.place(column),
                    "Put the decimal point back.");
            return null;
        }
        return value;
    }

    private List<PriceRow> prices() {
        List<PriceRow> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            Double count = number(row, "count");
            if (count != null && count > 0) {
                rows.add(new PriceRow(
                        row.text("provider"),
                        row.text("region"),
                        row.text("zone"),
                        row.text("instance"),
                        row.text("accelerator"),
                        count,
                        number(row, "on_demand_usd_h"),
                        number(row, "spot_usd_h"),
                        null,
                        null,
                        row.place("on_demand_usd_h")));
            }
        }
        return rows;
    }

    private interface Reading<T> {
        T of(Row row);
    }

    private List<IntensityRow> regions(Reading<IntensityRow> reading) {
        return table.rows().stream().map(reading::of).toList();
    }

    private List<ChipRow> chips(Reading<ChipRow> reading) {
        return table.rows().stream().map(reading::of).toList();
    }

    private IntensityRow metadata(Row row) {
        String average = "grid-carbon-intensity-average-consumption-annual";
        return new IntensityRow(
                PROVIDERS.getOrDefault(row.text("cloud-provider"), row.text("cloud-provider")),
                row.text("cloud-region"),
                row.text("year"),
                row.text("em-zone-id"),
                number(row, average),
                Basis.UNSAID,
                number(row, "grid-carbon-intensity-marginal-consumption-annual"),
                number(row, "grid-carbon-intensity"),
                number(row, "power-usage-effectiveness"),
                number(row, "water-usage-effectiveness"),
                number(row, "provider-cfe-annual"),
                row.place("cloud-region"));
    }

    private IntensityRow google(Row row) {
        String lifeCycle = table.columnStartingWith("Lifecycle grid carbon intensity");
        String direct = table.columnStartingWith("Grid carbon intensity");
        String column = lifeCycle != null ? lifeCycle : String.valueOf(direct);
        Matcher year = YEAR.matcher(String.valueOf(Path.of(table.name()).getFileName()));
        return new IntensityRow(
                "gcp",
                row.text("Google Cloud Region"),
                year.find() ? year.group() : "",
                "",
                number(row, column),
                lifeCycle != null ? Basis.LIFE_CYCLE : Basis.DIRECT,
                null,
                null,
                null,
                null,
                number(row, "Google CFE"),
                row.place(column));
    }

    private IntensityRow tonnes(Row row) {
        Double tonnes = number(row, TONNES);
        String provider = providerOf(table.name());
        String name = row.text("Region");
        String region = provider.equals("azure")
                ? name.toLowerCase(java.util.Locale.ROOT).replace(" ", "")
                : name;
        return plain(row, provider, region, tonnes == null ? null : tonnes * 1e6, TONNES);
    }

    private IntensityRow impact(Row row) {
        return plain(row, row.text("provider"), row.text("region"), number(row, "impact"), "impact");
    }

    private static IntensityRow plain(
            Row row, String provider, String region, @Nullable Double average, String column) {
        return new IntensityRow(
                provider, region, "", "", average, Basis.UNSAID, null, null, null, null, null, row.place(column));
    }

    private ChipRow hardware(Row row) {
        String release = row.text("Release date");
        return new ChipRow(
                row.text("Hardware name"),
                release.length() >= 4 && Character.isDigit(release.charAt(0)) ? Integer.parseInt(release, 0, 4, 10) : 0,
                number(row, "Tensor-FP16/BF16 performance (FLOP/s)"),
                number(row, "FP8 performance (FLOP/s)"),
                number(row, "FP4 performance (FLOP/s)"),
                number(row, "Memory (bytes)"),
                number(row, "Memory bandwidth (byte/s)"),
                number(row, "TDP (W)"),
                number(row, "Intranode bandwidth (byte/s)"),
                row.place("Hardware name"));
    }

    private ChipRow accelerator(Row row) {
        Double year = number(row, "year");
        return new ChipRow(
                row.text("accelerator"),
                year == null ? 0 : year.intValue(),
                times(number(row, "bf16_dense_tflops"), 1e12),
                times(number(row, "fp8_dense_tflops"), 1e12),
                times(number(row, "fp4_dense_tflops"), 1e12),
                times(number(row, "mem_gb"), 1e9),
                times(number(row, "mem_tbps"), 1e12),
                number(row, "tdp_w"),
                times(number(row, "scale_up_gbps_unidir"), 1e9),
                row.place("accelerator"));
    }

    private static @Nullable Double times(@Nullable Double value, double factor) {
        return value == null ? null : value * factor;
    }

    /** The supplier that a path names: {@code …/aws/vms.csv}, {@code grid-emissions-factors-azure.csv}. */
    private static String providerOf(String name) {
        String path = name.toLowerCase(java.util.Locale.ROOT).replace('\\', '/');
        for (String provider : List.of(
                "aws",
                "azure",
                "gcp",
                "oci",
                "lambda",
                "nebius",
                "hyperstack",
                "runpod",
                "vast",
                "fluidstack",
                "cudo",
                "paperspace",
                "ibm",
                "scp")) {
            if (path.matches("(.*[^a-z])?" + provider + "([^a-z].*)?")) {
                return provider;
            }
        }
        return "unknown";
    }
}

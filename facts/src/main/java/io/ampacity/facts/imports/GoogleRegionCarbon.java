package io.ampacity.facts.imports;

import io.ampacity.documents.Issue;
import io.ampacity.facts.Figure;
import io.ampacity.facts.Region;
import io.ampacity.facts.imports.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Google's yearly list of its regions with grid intensity and carbon-free energy
 * (GoogleCloudPlatform/region-carbon-info, data/yearly/YYYY.csv).
 *
 * <p>The column changed its basis: {@code Lifecycle grid carbon intensity} until 2020, {@code Grid carbon intensity},
 * which is direct, since. The two go to different figures.
 */
public final class GoogleRegionCarbon {

    private static final String REGION = "Google Cloud Region";
    private static final String LOCATION = "Location";
    private static final String SHARE = "Google CFE";
    private static final String DIRECT = "Grid carbon intensity";
    private static final String LIFE_CYCLE = "Lifecycle grid carbon intensity";
    private static final Pattern YEAR = Pattern.compile("(20\\d\\d)");

    /** Countries of region names, for the law that applies. */
    private static final Map<String, String> COUNTRIES = Map.ofEntries(
            Map.entry("africa-south", "ZA"),
            Map.entry("asia-east1", "TW"),
            Map.entry("asia-east2", "HK"),
            Map.entry("asia-northeast1", "JP"),
            Map.entry("asia-northeast2", "JP"),
            Map.entry("asia-northeast3", "KR"),
            Map.entry("asia-south", "IN"),
            Map.entry("asia-southeast1", "SG"),
            Map.entry("asia-southeast2", "ID"),
            Map.entry("australia", "AU"),
            Map.entry("europe-central2", "PL"),
            Map.entry("europe-north1", "FI"),
            Map.entry("europe-north2", "SE"),
            Map.entry("europe-southwest1", "ES"),
            Map.entry("europe-west10", "DE"),
            Map.entry("europe-west12", "IT"),
            Map.entry("europe-west1", "BE"),
            Map.entry("europe-west2", "GB"),
            Map.entry("europe-west3", "DE"),
            Map.entry("europe-west4", "NL"),
            Map.entry("europe-west6", "CH"),
            Map.entry("europe-west8", "IT"),
            Map.entry("europe-west9", "FR"),
            Map.entry("me-central1", "QA"),
            Map.entry("me-central2", "SA"),
            Map.entry("me-west1", "IL"),
            Map.entry("northamerica-northeast", "CA"),
            Map.entry("northamerica-south", "MX"),
            Map.entry("southamerica-east", "BR"),
            Map.entry("southamerica-west", "CL"),
            Map.entry("us-", "US"));

    private GoogleRegionCarbon() {}

    /** Reads a file whose name tells the year. Throws as {@link Table#read(Path)} does. */
    public static Imported<Region> read(Path file) {
        return read(Table.read(file));
    }

    /** Reads a table whose name tells the year. */
    public static Imported<Region> read(Table table) {
        table.require(REGION, LOCATION);
        String lifeCycle = table.columnStartingWith(LIFE_CYCLE);
        String direct = table.columnStartingWith(DIRECT);
        String column = lifeCycle != null ? lifeCycle : direct;
        if (column == null) {
            table.require(DIRECT + " (gCO2eq / kWh)");
        }
        String year = year(table.name());
        List<Region> regions = new ArrayList<>();
        List<Issue> issues = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Row row : table.rows()) {
            Region region = region(row, String.valueOf(column), lifeCycle != null, year, issues);
            if (region != null) {
                if (seen.add(region.id())) {
                    regions.add(region);
                } else {
                    issues.add(Issue.error(
                            row.place(REGION),
                            row.text(REGION),
                            "the region " + row.text(REGION) + " stands twice",
                            "remove one of the two rows"));
                }
            }
        }
        return new Imported<>(regions, issues);
    }

    private static @Nullable Region region(Row row, String column, boolean lifeCycle, String year, List<Issue> issues) {
        String name = row.text(REGION);
        if (name.isEmpty()) {
            issues.add(Issue.error(row.place(REGION), null, "the row names no region", "remove it"));
            return null;
        }
        Double intensity = row.number(column);
        Double share = row.number(SHARE);
        if (intensity != null && !(intensity >= 0 && intensity <= 2000)) {
            issues.add(Issue.error(
                    row.place(column),
                    row.text(column),
                    "the intensity of " + name + " is \"" + row.text(column) + "\", not between 0 and 2,000 gCO2e/kWh",
                    "check the unit and that columns are not shifted"));
            return null;
        }
        if (share != null && !(share >= 0 && share <= 1)) {
            issues.add(Issue.error(
                    row.place(SHARE),
                    row.text(SHARE),
                    "the carbon-free share of " + name + " is \"" + row.text(SHARE) + "\", not between 0 and 1",
                    "check that columns are not shifted"));
            return null;
        }
        String source = "Google Cloud region-carbon-info " + row.file();
        Figure grid = intensity == null ? null : Figure.of(intensity, source, year);
        return new Region(
                "gcp:" + name,
                "gcp",
                row.text(LOCATION),
                country(name),
                null,
                lifeCycle ? null : grid,
                lifeCycle ? grid : null,
                null,
                null,
                null,
                share == null ? null : Figure.of(share, source, year),
                null,
                null);
    }

    private static String country(String region) {
        return COUNTRIES.entrySet().stream()
                .filter(entry -> region.startsWith(entry.getKey()))
                .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("");
    }

    private static String year(String name) {
        Matcher matcher = YEAR.matcher(Path.of(name).getFileName().toString());
        return matcher.find() ? matcher.group(1) : "unknown";
    }
}

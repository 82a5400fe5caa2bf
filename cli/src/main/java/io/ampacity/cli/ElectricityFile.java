package io.ampacity.cli;

import io.ampacity.simulator.serving.Electricity;
import io.ampacity.simulator.serving.HourlyFigure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads price and carbon of electricity from hour to hour: a CSV whose rows name an hour, counted from 0 in each site
 * without gaps, and one figure or both. Without a site a row is of every site that is not named.
 */
final class ElectricityFile {

    /** A year and a day, twelve times over: more is no file of hours. */
    private static final int MOST_HOURS = 366 * 24 * 12;

    private final Path file;

    private ElectricityFile(Path file) {
        this.file = file;
    }

    /** @throws BadInput when it is no such file */
    static Map<String, Electricity> read(Path file) {
        try {
            return new ElectricityFile(file).parse(Files.readAllLines(file));
        } catch (MalformedInputException binary) {
            throw new BadInput("--electricity " + file + " is no text", null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Map<String, Electricity> parse(List<String> lines) {
        List<String> header =
                lines.isEmpty() ? List.of() : List.of(lines.getFirst().strip().split(",", -1));
        int hour = header.indexOf("hour");
        int site = header.indexOf("site");
        int usd = header.indexOf("usd_per_kwh");
        int grams = header.indexOf("grams_per_kwh");
        if (hour < 0 || (usd < 0 && grams < 0)) {
            throw new BadInput(
                    "--electricity " + file + " has the header " + String.join(",", header)
                            + ", without hour or without a figure",
                    "hour,usd_per_kwh,grams_per_kwh");
        }
        Map<String, List<Double>> prices = new LinkedHashMap<>();
        Map<String, List<Double>> carbon = new LinkedHashMap<>();
        Map<String, Integer> hours = new LinkedHashMap<>();
        for (int number = 1; number < lines.size(); number++) {
            if (lines.get(number).isBlank()) {
                continue;
            }
            String[] row = lines.get(number).split(",", -1);
            String where = "--electricity " + file + " line " + (number + 1) + ": ";
            if (row.length != header.size()) {
                throw new BadInput(where + row.length + " fields, but the header has " + header.size(), null);
            }
            String name = site < 0 || row[site].isBlank() ? "*" : row[site].strip();
            int next = hours.merge(name, 1, Integer::sum) - 1;
            if (number(row[hour], where + "hour") != next || next >= MOST_HOURS) {
                throw new BadInput(
                        where + "hour " + row[hour] + " of site " + name + ", where " + next + " is next",
                        "hours count from 0 without gaps");
            }
            add(prices, name, usd < 0 ? null : row[usd], where + "usd_per_kwh", false);
            add(carbon, name, grams < 0 ? null : row[grams], where + "grams_per_kwh", true);
        }
        if (hours.isEmpty()) {
            throw new BadInput("--electricity " + file + " holds no hour", null);
        }
        Map<String, Electricity> electricity = new LinkedHashMap<>();
        hours.forEach((name, count) ->
                electricity.put(name, new Electricity(figure(carbon, name, count), figure(prices, name, count))));
        return electricity;
    }

    private static void add(
            Map<String, List<Double>> figures, String site, @Nullable String text, String where, boolean positive) {
        if (text == null || text.isBlank()) {
            return;
        }
        double value = number(text, where);
        if (positive && value < 0) {
            throw new BadInput(where + " is " + text + ", below 0", null);
        }
        figures.computeIfAbsent(site, key -> new ArrayList<>()).add(value);
    }

    private static double number(String text, String where) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw new BadInput(where + " is " + text + ", which is no number", null);
    }

    private @Nullable HourlyFigure figure(Map<String, List<Double>> figures, String site, int hours) {
        List<Double> values = figures.get(site);
        if (values == null) {
            return null;
        }
        if (values.size() != hours) {
            throw new BadInput(
                    "--electricity " + file + ": " + values.size() + " of " + hours + " hours of site " + site
                            + " have a figure that others lack",
                    "leave the column empty in all rows, or in none");
        }
        return HourlyFigure.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}

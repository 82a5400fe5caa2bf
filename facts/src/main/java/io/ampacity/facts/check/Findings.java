package io.ampacity.facts.check;

import io.ampacity.facts.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects findings in the order they are made. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void error(String id, String subject, String what, String value, String expected, Object where, String advice) {
        all.add(new Finding(id, Severity.ERROR, subject, what, value, expected, where.toString(), advice));
    }

    void warning(String id, String subject, String what, String value, String expected, Object where, String advice) {
        all.add(new Finding(id, Severity.WARNING, subject, what, value, expected, where.toString(), advice));
    }

    void note(String id, String subject, String what, String value, String expected, Object where, String advice) {
        all.add(new Finding(id, Severity.NOTE, subject, what, value, expected, where.toString(), advice));
    }

    void addAll(List<Finding> findings) {
        all.addAll(findings);
    }

    List<Finding> list() {
        return List.copyOf(all);
    }

    /** A number as a person writes it. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.1f" : "%.4g", value);
        return text.contains(".") && !text.contains("e")
                ? text.replaceAll("0+$", "").replaceAll("\\.$", "")
                : text;
    }

    static boolean near(double value, double target, double share) {
        return Math.abs(value - target) <= share * Math.abs(target);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}

package io.ampacity.planner.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A positive number times whole powers of figures.
 *
 * @param powers by figure, in the order in which they were first named; none is 0
 */
public record Product(double factor, Map<String, Integer> powers) {

    private static final Pattern WORD =
            Pattern.compile("\\s*(?:(?<number>[0-9][0-9_]*(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![A-Za-z])"
                    + "|(?<name>[A-Za-z][A-Za-z0-9._-]*)|(?<sign>[*×/]))");

    /** What is wrong with the text of a product. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String problem) {
            super(problem);
        }
    }

    public Product {
        powers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(powers));
    }

    /** Reads {@code a * 365 / b}: names and numbers with signs of multiplication and division between them. */
    public static Product parse(String text) throws Unreadable {
        double factor = 1;
        Map<String, Integer> powers = new LinkedHashMap<>();
        int power = 1;
        boolean wantsTerm = true;
        Matcher word = WORD.matcher(text);
        int end = 0;
        while (end < text.length() && !text.substring(end).isBlank()) {
            if (!word.find(end) || word.start() != end) {
                throw new Unreadable("\"" + text.substring(end).strip() + "\" is neither a number, a figure, * nor /");
            }
            end = word.end();
            String sign = word.group("sign");
            if (wantsTerm == (sign != null)) {
                throw new Unreadable(
                        wantsTerm
                                ? "a number or a figure is missing before \"" + sign + "\""
                                : "* or / is missing before \"" + word.group().strip() + "\"");
            }
            wantsTerm = sign != null;
            if (sign != null) {
                power = sign.equals("/") ? -1 : 1;
            } else if (word.group("number") != null) {
                factor *= Math.pow(Double.parseDouble(word.group("number").replace("_", "")), power);
            } else {
                powers.merge(word.group("name"), power, Integer::sum);
            }
        }
        if (wantsTerm) {
            throw new Unreadable("it ends where a number or a figure is needed");
        }
        if (!(factor > 0) || !Double.isFinite(factor)) {
            throw new Unreadable("its numbers come to " + factor + ", and only positive ones make sense");
        }
        return new Product(factor, powers);
    }

    /** This divided by another; figures that cancel are gone. */
    Product over(Product other) {
        Map<String, Integer> left = new LinkedHashMap<>(powers);
        other.powers.forEach((figure, power) -> left.merge(figure, -power, Integer::sum));
        left.values().removeIf(power -> power == 0);
        return new Product(factor / other.factor, left);
    }

    List<String> figures() {
        return new ArrayList<>(powers.keySet());
    }
}

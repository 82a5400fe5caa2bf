package io.ampacity.cli;

import tools.jackson.databind.JsonNode;

/**
 * Every single figure of a result as CSV, {@code path,value}: the path is that of the JSON document, with the name of a
 * list's entry in place of its number where it has one. Series, which are lists of numbers, are left out.
 */
final class FiguresText {

    /** Members that name an entry of a list, the most telling first. */
    private static final String[] NAMES = {"part", "pool", "failure", "workload", "supplier", "name"};

    private FiguresText() {}

    static String of(JsonNode document) {
        StringBuilder text = new StringBuilder("path,value\n");
        rows(text, "", document);
        return text.toString();
    }

    private static void rows(StringBuilder text, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> rows(
                            text, path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                if (node.get(i).isObject()) {
                    rows(text, path + "[" + name(node.get(i), i) + "]", node.get(i));
                }
            }
        } else {
            String value = node.isNull() ? "" : node.isString() ? node.stringValue() : node.toString();
            text.append(CsvText.of(path)).append(',').append(CsvText.of(value)).append('\n');
        }
    }

    private static String name(JsonNode entry, int number) {
        for (String name : NAMES) {
            JsonNode value = entry.get(name);
            if (value != null && value.isString()) {
                JsonNode workload = name.equals("failure") ? entry.get("workload") : null;
                return value.stringValue() + (workload == null ? "" : " " + workload.stringValue());
            }
        }
        return String.valueOf(number);
    }
}

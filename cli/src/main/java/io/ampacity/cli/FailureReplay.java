package io.ampacity.cli;

import io.ampacity.simulator.failure.Effect;
import io.ampacity.simulator.failure.Failure;
import io.ampacity.simulator.failure.process.FailureModel.Place;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record of failures, laid over a part of a fleet.
 *
 * <p>A series of availability is a JSON object with {@code metadata.gap_seconds} and {@code data}, the number of instances
 * that were there at each tick: of each pool concerned, that share of the largest number is up. A list of outages is a CSV
 * with the columns {@code date}, {@code start_utc} and {@code end_utc} among others; the first day in it is day 1, and
 * rows without both times are left out with a warning.
 */
final class FailureReplay {

    private static final Pattern WANTED = Pattern.compile("(.+)=([a-z-]+):([^@,]+)(?:@([^,]+))?(,.+)?");

    private final String option;
    private final Path file;
    private final Failure aim;
    private final boolean effectSaid;
    private final @Nullable Double firstSeconds;
    private final List<Place> places;
    private final Output output;

    private FailureReplay(String option, Matcher parts, List<Place> places, Output output) {
        this.option = "--fail-replay " + option;
        this.file = Path.of(parts.group(1));
        // Read as a failure of its own, so that its scope, name and time are checked as those of --fail are.
        String start = parts.group(4) == null ? "0s" : parts.group(4).strip();
        this.aim = Failure.parse(parts.group(2) + ":" + parts.group(3) + "@" + start + "+1s"
                + (parts.group(5) == null ? "" : parts.group(5)));
        this.firstSeconds = parts.group(4) == null ? null : aim.startSeconds();
        this.effectSaid = parts.group(5) != null;
        this.places = places;
        this.output = output;
    }

    /** The failures in a record named as {@code FILE=SCOPE:NAME[@TIME]}. */
    static List<Failure> of(String option, List<Place> places, Output output) throws IOException {
        Matcher parts = WANTED.matcher(option);
        if (!parts.matches()) {
            throw new BadInput(
                    "--fail-replay " + option + " does not say on what it is replayed", "zone.json=site:paris");
        }
        FailureReplay replay;
        try {
            replay = new FailureReplay(option, parts, places, output);
        } catch (IllegalArgumentException refused) {
            throw new BadInput(String.valueOf(refused.getMessage()).replaceFirst("^--fail:", "--fail-replay:"), null);
        }
        return replay.failures();
    }

    private List<Failure> failures() throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (MalformedInputException binary) {
            throw unknown("is no text");
        }
        List<Failure> failures = text.stripLeading().startsWith("{") ? series(text) : outages(text);
        if (firstSeconds == null || failures.isEmpty()) {
            return failures;
        }
        double shift = firstSeconds
                - failures.stream().mapToDouble(Failure::startSeconds).min().orElse(0);
        return failures.stream()
                .map(one -> new Failure(
                        one.scope(),
                        one.target(),
                        one.startSeconds() + shift,
                        one.endSeconds() + shift,
                        one.effect(),
                        one.cause()))
                .filter(one -> one.startSeconds() >= 0)
                .toList();
    }

    private BadInput unknown(String why) {
        return new BadInput(
                option + ": " + file + " " + why,
                "it should be JSON with metadata.gap_seconds and data, or CSV with date, start_utc and end_utc");
    }

    private List<Failure> series(String text) {
        JsonNode root;
        try {
            root = JsonMapper.builder().build().readTree(text);
        } catch (JacksonException malformed) {
            throw unknown("is no JSON");
        }
        double gap = root.path("metadata").path("gap_seconds").asDouble(0);
        JsonNode data = root.path("data");
        if (!(gap > 0) || !data.isArray() || data.isEmpty()) {
            throw unknown("is no series of availability");
        }
        int[] there = new int[data.size()];
        int most = 0;
        for (int tick = 0; tick < there.length; tick++) {
            if (!data.get(tick).isNumber() || data.get(tick).asInt() < 0) {
                throw unknown("holds at " + tick + " what is no number of instances");
            }
            there[tick] = data.get(tick).asInt();
            most = Math.max(most, there[tick]);
        }
        if (most == 0) {
            throw unknown("never had an instance");
        }
        List<Failure> failures = new ArrayList<>();
        for (Place place : places) {
            if (concerns(place)) {
                for (int replica = 0; replica < place.replicas(); replica++) {
                    add(failures, place.pool() + "#" + replica, there, most, gap, replica, place.replicas());
                }
            }
        }
        if (failures.isEmpty() && places.stream().noneMatch(this::concerns)) {
            throw new BadInput(option + " touches no pool", "the name is another");
        }
        return failures;
    }

    private boolean concerns(Place place) {
        return switch (aim.scope()) {
            case SUPPLIER, CONTROL_PLANE -> place.supplier().equals(aim.target());
            case SITE, LINK -> place.site().equals(aim.target());
            case REGION -> place.region().equals(aim.target());
            case POOL -> place.pool().equals(aim.target());
            case CHIP, REPLICA, SERVER ->
                throw new BadInput(
                        option + " aims at a " + aim.scope().word(), "aim at a pool, site, region or supplier");
        };
    }

    /** The times in which a replica is among those that are missing. */
    private void add(List<Failure> failures, String replica, int[] there, int most, double gap, int number, int of) {
        int from = -1;
        for (int tick = 0; tick <= there.length; tick++) {
            boolean up = tick == there.length || number < Math.round((double) there[tick] / most * of);
            if (!up && from < 0) {
                from = tick;
            } else if (up && from >= 0) {
                failures.add(new Failure(Failure.Scope.REPLICA, replica, from * gap, tick * gap, effect(), cause()));
                from = -1;
            }
        }
    }

    /** What happens to an instance that is not there: it is dead, unless said. */
    private Effect effect() {
        return effectSaid ? aim.effect() : new Effect.Down();
    }

    private String cause() {
        return "replay of " + file.getFileName();
    }

    private List<Failure> outages(String text) {
        List<String> lines = text.lines().toList();
        List<String> header = lines.isEmpty() ? List.of() : fields(lines.getFirst());
        int date = header.indexOf("date");
        int start = header.indexOf("start_utc");
        int end = header.indexOf("end_utc");
        if (date < 0 || start < 0 || end < 0) {
            throw unknown("has neither form");
        }
        List<LocalDateTime[]> windows = new ArrayList<>();
        int without = 0;
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = fields(line);
            if (row.size() != header.size()
                    || row.get(start).isBlank()
                    || row.get(end).isBlank()) {
                without++;
                continue;
            }
            try {
                LocalDate day = LocalDate.parse(row.get(date).strip());
                LocalDateTime from = day.atTime(LocalTime.parse(row.get(start).strip()));
                LocalDateTime to = day.atTime(LocalTime.parse(row.get(end).strip()));
                windows.add(new LocalDateTime[] {from, to.isAfter(from) ? to : to.plusDays(1)});
            } catch (DateTimeException unreadable) {
                throw unknown("holds the row " + line + ", whose times cannot be read");
            }
        }
        if (without > 0) {
            output.warning(option + ": " + without + " of " + (lines.size() - 1)
                    + " outages are told without both times, and left out");
        }
        long zero = windows.stream()
                .mapToLong(one -> one[0].toLocalDate().atStartOfDay().toEpochSecond(ZoneOffset.UTC))
                .min()
                .orElse(0);
        return windows.stream()
                .map(one -> new Failure(
                        aim.scope(),
                        aim.target(),
                        one[0].toEpochSecond(ZoneOffset.UTC) - zero,
                        one[1].toEpochSecond(ZoneOffset.UTC) - zero,
                        aim.effect(),
                        cause()))
                .toList();
    }

    /** The fields of a CSV row, in quotes or not. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}

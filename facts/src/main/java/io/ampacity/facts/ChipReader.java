package io.ampacity.facts;

import static io.ampacity.units.Dimension.BYTES;
import static io.ampacity.units.Dimension.BYTE_RATE;
import static io.ampacity.units.Dimension.CARBON;
import static io.ampacity.units.Dimension.FLOP_RATE;
import static io.ampacity.units.Dimension.MONEY;
import static io.ampacity.units.Dimension.POWER;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads one accelerator. */
final class ChipReader {

    private static final double ABOVE_NOTHING = Double.MIN_VALUE;

    private ChipReader() {}

    static Chip read(String id, Fields fields) {
        Map<Precision, Figure> peak = new EnumMap<>(Precision.class);
        Fields peaks = fields.mapping("peak");
        if (peaks != null) {
            for (Precision precision : Precision.values()) {
                Figure figure = peaks.figure(precision.id(), FLOP_RATE, ABOVE_NOTHING);
                if (figure != null) {
                    peak.put(precision, figure);
                }
            }
            peaks.finish();
            if (peaks.failed()) {
                fields.fail();
            }
        }
        return new Chip(
                id,
                fields.text("name"),
                fields.texts("aliases"),
                fields.text("vendor"),
                fields.text("family"),
                fields.integer("year", 1990),
                peak,
                fields.figure("memory", BYTES, ABOVE_NOTHING),
                fields.figure("memory-bandwidth", BYTE_RATE, ABOVE_NOTHING),
                fields.figure("tdp", POWER, ABOVE_NOTHING),
                fields.figure("idle", POWER, ABOVE_NOTHING),
                fields.figure("all-in", POWER, ABOVE_NOTHING),
                fields.figure("scale-up", BYTE_RATE, ABOVE_NOTHING),
                fields.optionalInteger("scale-up-domain", 1),
                fields.optionalInteger("chips-per-server", 1),
                fields.figure("scale-out", BYTE_RATE, ABOVE_NOTHING),
                fields.figure("list-price", MONEY, ABOVE_NOTHING),
                fields.figure("embodied", CARBON, ABOVE_NOTHING),
                parts(fields),
                fields.optionalText("note"));
    }

    private static Map<ChipPart, Making> parts(Fields fields) {
        Map<ChipPart, Making> made = new EnumMap<>(ChipPart.class);
        Fields parts = fields.mapping("parts");
        if (parts == null) {
            return made;
        }
        for (ChipPart part : ChipPart.values()) {
            Fields one = parts.mapping(part.id());
            if (one != null) {
                List<String> makers = one.texts("makers");
                if (makers.isEmpty() && !one.failed()) {
                    one.error(
                            one.placeOf("makers"), null, "no maker is named", "leave the part out when it is unknown");
                }
                Sources.Source source = one.source();
                one.finish();
                if (one.failed()) {
                    fields.fail();
                } else {
                    made.put(part, new Making(makers, source.title(), source.asOf()));
                }
            }
        }
        parts.finish();
        if (parts.failed()) {
            fields.fail();
        }
        return made;
    }
}

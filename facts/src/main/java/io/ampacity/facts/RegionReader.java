package io.ampacity.facts;

import static io.ampacity.units.Dimension.CARBON_INTENSITY;
import static io.ampacity.units.Dimension.COUNT;
import static io.ampacity.units.Dimension.DATA_PRICE;
import static io.ampacity.units.Dimension.ENERGY_PRICE;
import static io.ampacity.units.Dimension.FRACTION;
import static io.ampacity.units.Dimension.WATER_INTENSITY;

import org.jspecify.annotations.Nullable;

/** Reads one cloud region. */
final class RegionReader {

    private RegionReader() {}

    static Region read(String id, Fields fields) {
        return new Region(
                id,
                fields.text("provider"),
                fields.text("name"),
                fields.text("jurisdiction"),
                fields.optionalText("grid"),
                fields.figure("average-direct", CARBON_INTENSITY, 0),
                fields.figure("average-life-cycle", CARBON_INTENSITY, 0),
                fields.figure("marginal", CARBON_INTENSITY, 0),
                fields.figure("pue", FRACTION, 1),
                fields.figure("wue", WATER_INTENSITY, 0),
                share(fields),
                fields.figure("tariff", ENERGY_PRICE, Double.NEGATIVE_INFINITY),
                degrees(fields, "latitude", 90),
                degrees(fields, "longitude", 180),
                fields.figure("egress", DATA_PRICE, 0),
                fields.figure("transfer", DATA_PRICE, 0),
                fields.optionalText("note"));
    }

    private static @Nullable Figure degrees(Fields fields, String key, int most) {
        Figure degrees = fields.figure(key, COUNT, -most);
        if (degrees != null && degrees.value() > most) {
            fields.error(
                    fields.placeOf(key),
                    String.valueOf(degrees.value()),
                    "\"" + key + "\" is " + degrees.value() + ", above " + most,
                    "write degrees, north and east of Greenwich above 0");
        }
        return degrees;
    }

    private static @Nullable Figure share(Fields fields) {
        Figure share = fields.figure("carbon-free-energy", FRACTION, 0);
        if (share != null && share.value() > 1) {
            fields.error(
                    fields.placeOf("carbon-free-energy"),
                    String.valueOf(share.value()),
                    "\"carbon-free-energy\" is " + share.value() + ", above 1",
                    "write 94 % or 0.94");
        }
        return share;
    }
}

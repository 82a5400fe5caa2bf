package io.ampacity.facts;

/**
 * A point on Earth in degrees.
 *
 * @param latitude north of the equator, −90 to 90
 * @param longitude east of Greenwich, −180 to 180
 */
public record Coordinates(double latitude, double longitude) {

    /** Mean radius of Earth in kilometres, IUGG. */
    private static final double EARTH = 6371.0088;

    public Coordinates {
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("no place on Earth is at " + latitude + ", " + longitude
                    + ". Maybe write degrees, north and east of Greenwich above 0");
        }
    }

    /** Length of the great circle to another point in kilometres, by the haversine formula on a sphere. */
    public double kilometresTo(Coordinates other) {
        double up = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
        double across = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double square = up * up
                + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(other.latitude)) * across * across;
        return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(square)));
    }
}

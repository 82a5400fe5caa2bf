package io.ampacity.physics.calibration;

import java.util.ArrayList;
import java.util.List;

/** Some of many, evenly over the list: more rows of one benchmark cost time and say little. */
final class Thinned {

    private Thinned() {}

    static <T> List<T> of(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * all.size() / most)));
        }
        return some;
    }
}

package io.foreshard.jmh.forecast;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Seeded samples. */
final class Sample {

    private Sample() {}

    /** Returns some of the items, in their order; all of them if there are no more. */
    static <T> List<T> of(List<T> items, int count, long seed) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < items.size(); place++) {
            places.add(place);
        }
        Collections.shuffle(places, new Random(seed));
        return places.stream().limit(count).sorted().map(items::get).toList();
    }
}

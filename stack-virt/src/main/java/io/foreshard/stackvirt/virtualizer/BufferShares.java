package io.foreshard.stackvirt.virtualizer;

import io.foreshard.stackvirt.buffer.CreditPlan;
import io.foreshard.stackvirt.spi.StackId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Shares the memory of messages on their way out among all running stacks, by what is expected for each. Confined to the loop. */
final class BufferShares {

    private static final int UNIT = 4 << 10;

    /** So many units each has in any case: a few messages, if the forecast is wrong. */
    private static final int RESERVE = 4;

    private final int units;

    BufferShares(long bytes) {
        units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
    }

    private record Place(KindControl kind, StackId stack) {}

    void share(Collection<KindControl> kinds) {
        List<Place> places = new ArrayList<>();
        for (KindControl kind : kinds) {
            kind.usage().running().forEach(stack -> places.add(new Place(kind, stack)));
        }
        double[] forecast = places.stream()
                .mapToDouble(place -> place.kind().expectedBytes() / UNIT)
                .toArray();
        int[] credits = CreditPlan.share(units, RESERVE, forecast);
        for (int i = 0; i < credits.length; i++) {
            Place place = places.get(i);
            long bytes = Math.min(place.kind().mostBufferBytes(), (long) credits[i] * UNIT);
            place.kind().set().credits(place.stack(), bytes);
        }
    }
}

package io.foreshard.jmh.addresses;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Pools of a size that never changes, one for each flavour, chosen when all is known: what they keep idle and miss by their size. */
final class StaticPools {

    private static final double GROWTH = 1.03;
    private static final int PRICE_STEPS = 60;

    private final PrefetchReplay replay;
    private final List<TreeMap<Integer, Outcome>> byFlavour = new ArrayList<>();

    /** What pools kept idle on average, how many were asked for and how many of these were missed. */
    record Outcome(double idle, long asked, long missed) {

        static final Outcome NONE = new Outcome(0, 0, 0);

        Outcome plus(Outcome other) {
            return new Outcome(idle + other.idle, asked + other.asked, missed + other.missed);
        }

        double missRate() {
            return asked == 0 ? 0 : (double) missed / asked;
        }
    }

    StaticPools(PrefetchReplay replay) {
        this.replay = replay;
        for (int flavour = 0; flavour < replay.flavours(); flavour++) {
            byFlavour.add(new TreeMap<>());
            double size = 0;
            while (of(flavour, (int) size).missed() > 0) {
                size = Math.max(size + 1, size * GROWTH);
            }
        }
    }

    private Outcome of(int flavour, int size) {
        return byFlavour.get(flavour).computeIfAbsent(size, fresh -> replay.withFixed(flavour, fresh));
    }

    /**
     * Returns the smallest pools of which none misses more than its share.
     *
     * @param missRates of each flavour
     */
    Outcome smallest(double[] missRates) {
        Outcome sum = Outcome.NONE;
        for (int flavour = 0; flavour < missRates.length; flavour++) {
            int low = -1;
            int high = byFlavour.get(flavour).lastKey();
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                boolean enough = of(flavour, middle).missRate() <= missRates[flavour] + 1e-12;
                low = enough ? low : middle;
                high = enough ? middle : high;
            }
            sum = sum.plus(of(flavour, high));
        }
        return sum;
    }

    /** Returns the pools that keep least idle of those that together miss at most so many: each is as large as one price of a miss makes it. */
    Outcome together(long mostMissed) {
        double low = 1e-9;
        double high = 1e9;
        Outcome best = atPrice(high);
        for (int i = 0; i < PRICE_STEPS; i++) {
            double price = Math.sqrt(low * high);
            Outcome outcome = atPrice(price);
            if (outcome.missed() <= mostMissed) {
                best = outcome;
                high = price;
            } else {
                low = price;
            }
        }
        return best;
    }

    private Outcome atPrice(double price) {
        Outcome sum = Outcome.NONE;
        for (TreeMap<Integer, Outcome> sizes : byFlavour) {
            Outcome best = sizes.firstEntry().getValue();
            for (Outcome outcome : sizes.values()) {
                best = cost(outcome, price) < cost(best, price) ? outcome : best;
            }
            sum = sum.plus(best);
        }
        return sum;
    }

    private static double cost(Outcome outcome, double price) {
        return outcome.idle() + price * outcome.missed();
    }
}

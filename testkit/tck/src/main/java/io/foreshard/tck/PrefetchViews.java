package io.foreshard.tck;

import io.foreshard.addrsharding.spi.DemandOutlook;
import io.foreshard.addrsharding.spi.PrefetchView;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a prefetch policy is asked with: the same views in every run, from ordinary to absurd. */
final class PrefetchViews {

    private static final int COUNT = 5_000;
    private static final int[] COUNTS = {0, 0, 1, 2, 3, 100, 1 << 16, Integer.MAX_VALUE};
    private static final double[] NEEDS = {0, 0.4, 0.5, 1, 17.3, 1e5, Integer.MAX_VALUE};
    private static final double[] CORRECTIONS = {Double.MIN_NORMAL, 0.5, 1, 1.5, 1e6};
    private static final double[] VM_COUNTS = {
        Double.NaN, Double.NEGATIVE_INFINITY, -1, -0.0, 0, 0.9, 1000, 1e300, Double.POSITIVE_INFINITY
    };
    private static final long[] LEADS = {0, 1, 60_000, 86_400_000L, Long.MAX_VALUE};
    private static final long[] TIMES = {0, 1_700_000_000_000L, -1, Long.MAX_VALUE, Long.MIN_VALUE};

    private final SplittableRandom random = new SplittableRandom(1);

    private PrefetchViews() {}

    static List<PrefetchView> all() {
        PrefetchViews views = new PrefetchViews();
        List<PrefetchView> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            all.add(views.next());
        }
        return all;
    }

    private PrefetchView next() {
        PrefetchView.Stock stock = new PrefetchView.Stock(count(), count(), count(), count(), count());
        long now = TIMES[random.nextInt(TIMES.length)];
        return new PrefetchView("web", now, stock, outlook(now));
    }

    private DemandOutlook outlook(long now) {
        List<Double> needs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            needs.add(one(NEEDS));
        }
        return new DemandOutlook(
                LEADS[random.nextInt(LEADS.length)],
                random.nextBoolean() ? 300_000 : 1 + random.nextInt(3),
                random.nextBoolean() ? now + 1000 : TIMES[random.nextInt(TIMES.length)],
                random.nextDouble(0.01, 0.99),
                one(NEEDS),
                needs,
                one(CORRECTIONS),
                one(VM_COUNTS),
                random.nextBoolean() ? "" : "campaign");
    }

    private int count() {
        return random.nextBoolean() ? COUNTS[random.nextInt(COUNTS.length)] : random.nextInt(2000);
    }

    private double one(double[] values) {
        return values[random.nextInt(values.length)];
    }
}

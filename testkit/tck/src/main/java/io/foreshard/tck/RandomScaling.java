package io.foreshard.tck;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.StackIdle;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.util.SplittableRandom;

/** Views of stacks, usual and unusual ones: none and very many messages, outlooks that are no numbers. */
final class RandomScaling {

    private static final double[] ODD = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 0, 1e300, Double.MIN_VALUE, 2
    };

    private RandomScaling() {}

    static ScalingView view(SplittableRandom random, ScalingMemory memory) {
        int most = random.nextInt(20);
        int least = random.nextInt(most + 1);
        int many = random.nextInt(10) == 0 ? Integer.MAX_VALUE : 200;
        return new ScalingView(
                "kind",
                random.nextLong(1L << 40),
                bounds(random, least, most),
                new ScalingView.Stock(random.nextInt(20), random.nextInt(5), random.nextInt(5), random.nextInt(5)),
                new ScalingView.Load(
                        random.nextInt(many),
                        random.nextInt(many),
                        odd(random, 200),
                        odd(random, 200),
                        new StackIdle(new long[] {random.nextLong(100_000), random.nextLong()}),
                        random.nextInt(4) == 0 ? random.nextInt(many) : 0),
                outlook(random),
                number(random, 0.1),
                memory);
    }

    /** Of stacks that can be frozen, that gain nothing by it, or that cannot. */
    private static ScalingView.Bounds bounds(SplittableRandom random, int least, int most) {
        int kind = random.nextInt(3);
        return new ScalingView.Bounds(
                least,
                most,
                1 + random.nextInt(100),
                number(random, 100),
                number(random, 5000),
                kind == 0 ? Double.POSITIVE_INFINITY : number(random, kind == 1 ? 10 : 5000),
                number(random, 0.1),
                number(random, 20_000));
    }

    private static TrafficOutlook outlook(SplittableRandom random) {
        int stacks = random.nextInt(20);
        double[] probabilities = new double[stacks];
        double[] exposed = new double[stacks];
        double[] rising = new double[stacks];
        for (int i = 0; i < stacks; i++) {
            probabilities[i] = odd(random, 1);
            exposed[i] = odd(random, 50);
            rising[i] = odd(random, 1);
        }
        return new TrafficOutlook(
                random.nextLong(10_000),
                probabilities,
                exposed,
                rising,
                new TrafficOutlook.Window(random.nextLong(100_000), random.nextLong(200_000)));
    }

    private static double number(SplittableRandom random, double most) {
        return random.nextDouble() * most;
    }

    private static double odd(SplittableRandom random, double most) {
        return random.nextInt(6) == 0 ? ODD[random.nextInt(ODD.length)] : number(random, most);
    }
}

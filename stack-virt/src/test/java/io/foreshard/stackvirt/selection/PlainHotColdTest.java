package io.foreshard.stackvirt.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.stackvirt.spi.StackSelector;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The default against the same rule written plainly: sorted, with a list for each step. */
class PlainHotColdTest {

    private static final double LAST_HEADROOM = 0.03;

    private static Stacks stacks(SplittableRandom random) {
        int size = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(20);
        Stacks stacks = Stacks.of(size);
        boolean fails = random.nextInt(3) == 0;
        boolean differs = random.nextBoolean();
        for (int i = 0; i < size; i++) {
            Stacks.Stack stack = stacks.at(i);
            stack.takes = random.nextInt(6) != 0;
            stack.inFlight = random.nextInt(6);
            stack.weight = differs ? 0.25 * (1 + random.nextInt(8)) : 1;
            stack.latencyNanos = random.nextInt(4) == 0 ? 1000 : random.nextLong(900, 1200);
            stack.oldestNanos = random.nextInt(4) == 0 ? random.nextLong(2000) : 0;
            stack.errorShare = fails && random.nextInt(4) == 0 ? random.nextDouble() : 0;
            stack.headroom = random.nextInt(10) == 0 ? 0.01 : 1;
        }
        return stacks;
    }

    private static int plain(Stacks stacks, long random) {
        List<Integer> open =
                IntStream.range(0, stacks.size()).filter(stacks::takes).boxed().toList();
        if (open.isEmpty()) {
            return StackSelector.NONE;
        }
        double failing =
                0.1 + open.stream().mapToDouble(stacks::errorShare).average().orElse(0);
        double[] loads = IntStream.range(0, stacks.size())
                .mapToDouble(stacks::load)
                .sorted()
                .toArray();
        double hot = loads[(int) Math.ceil(0.84 * (loads.length - 1))];
        List<Integer> good = open.stream()
                .filter(stack -> stacks.errorShare(stack) <= failing && stacks.headroom(stack) >= LAST_HEADROOM)
                .toList();
        List<Integer> cold =
                good.stream().filter(stack -> stacks.load(stack) <= hot).toList();
        if (!cold.isEmpty()) {
            double fastest = cold.stream()
                    .mapToDouble(stack -> nanos(stacks, stack))
                    .min()
                    .orElseThrow();
            return lightest(
                    stacks,
                    cold.stream()
                            .filter(stack -> nanos(stacks, stack) <= 1.05 * fastest)
                            .toList(),
                    random);
        }
        return lightest(stacks, good.isEmpty() ? open : good, random);
    }

    private static long nanos(Stacks stacks, int stack) {
        return Math.max(stacks.latencyNanos(stack), stacks.oldestNanos(stack));
    }

    private static int lightest(Stacks stacks, List<Integer> among, long random) {
        int from = Draw.below(stacks.size(), random);
        return among.stream()
                .min(Comparator.<Integer>comparingDouble(stacks::load)
                        .thenComparing(stack -> Math.floorMod(stack - from, stacks.size())))
                .orElseThrow();
    }

    @Test
    void theDefaultPicksWhatThePlainRulePicks() {
        StackSelector selector = HotColdSelector.builder().build();
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Stacks stacks = stacks(random);
            long bits = random.nextLong();
            assertEquals(plain(stacks, bits), selector.pick(stacks, bits), "seed " + seed);
        }
    }
}

package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A contract test that never fails is worth nothing: each way to break the contract is noticed. */
class BrokenDelayCalculatorTest {

    private static DelayCalculatorContract contractOf(
            ToDoubleFunction<BottleneckView> rate, ToLongFunction<BottleneckView> delay) {
        DelayCalculator calculator = new DelayCalculator() {
            @Override
            public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
                return rate.applyAsDouble(bottleneck);
            }

            @Override
            public long delayNanos(FlowView flow, BottleneckView bottleneck) {
                return delay.applyAsLong(bottleneck);
            }
        };
        return () -> calculator;
    }

    private static void assertNoticed(String word, Executable test) {
        AssertionError error = assertThrows(AssertionError.class, test);
        assertTrue(String.valueOf(error.getMessage()).contains(word), error.getMessage());
    }

    @Test
    void noticesARateOfNothing() {
        ToDoubleFunction<BottleneckView> broken = BottleneckView::capacityBytesPerSecond;
        assertNoticed("rate NaN for", contractOf(broken, view -> 0)::answersEveryStepWithARateAboveZero);
        assertNoticed("rate NaN at 0 for", contractOf(broken, view -> 0)::answersWhateverTheClockDoes);
    }

    @Test
    void noticesACalculatorThatThrows() {
        ToLongFunction<BottleneckView> broken = view -> {
            throw new IllegalStateException("no idea");
        };
        assertThrows(IllegalStateException.class, contractOf(view -> 1, broken)::answersEveryPacket);
    }

    @Test
    void noticesACalculatorThatRemembers() {
        AtomicLong calls = new AtomicLong();
        assertNoticed(
                "in another order",
                contractOf(view -> 1, view -> calls.incrementAndGet())::delaysTheSameWheneverItIsAsked);
        assertNoticed("two delays for", contractOf(view -> 1, view -> calls.incrementAndGet())::answersEveryPacket);
    }

    @Test
    void noticesACalculatorThatBelongsToOneThread() {
        Thread owner = Thread.currentThread();
        assertNoticed(
                "between threads",
                contractOf(view -> 1, view -> Thread.currentThread() == owner ? 1 : 2)::delaysTheSameOnEveryThread);
    }

    @Test
    void noticesGarbage() {
        AtomicReference<byte[]> kept = new AtomicReference<>();
        assertNoticed("B per packet", contractOf(view -> 1, view -> {
            kept.set(new byte[16]);
            return 0;
        })::allocatesNothingPerPacket);
        assertNoticed(
                "B per step",
                contractOf(
                        view -> {
                            kept.set(new byte[4096]);
                            return 1;
                        },
                        view -> 0)::allocatesLittlePerStep);
    }
}

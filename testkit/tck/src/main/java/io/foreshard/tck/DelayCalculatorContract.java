package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the flow shaper relies on in a {@link DelayCalculator}. A test class implements {@link #calculator()} and inherits the tests:
 *
 * <pre>{@code
 * class MyCalculatorTest implements DelayCalculatorContract {
 *     @Override
 *     public DelayCalculator calculator() {
 *         return new MyCalculator();
 *     }
 * }
 * }</pre>
 *
 * <p>The views are the same in every run: bottlenecks that are idle, congested, overloaded, unknown, or as extreme as their type allows,
 * with telemetry that is fresh, old and absent; clocks that stand still and jump.
 */
public interface DelayCalculatorContract {

    /** How many threads ask for delays at once. */
    int THREADS = 4;

    /** The most that a control step may allocate on average, in bytes. */
    long MAX_BYTES_PER_STEP = 1024;

    /**
     * Returns the calculator under test; called at least once per test.
     *
     * @return a new one, as an application would configure it
     */
    DelayCalculator calculator();

    /** Every control step has an answer, and none throws. */
    @Test
    default void answersEveryStepWithARateAboveZero() {
        DelayCalculator calculator = calculator();
        long now = 0;
        for (BottleneckView view : Bottlenecks.bottlenecks()) {
            for (int step = 0; step < 8; step++) {
                double rate = calculator.rateBytesPerSecond(view, now);
                assertTrue(rate > 0, () -> "rate " + rate + " for " + view);
                now += view.stepNanos();
            }
        }
    }

    /** A clock may stand still, jump ahead and go back; a calculator may then start anew. */
    @Test
    default void answersWhateverTheClockDoes() {
        DelayCalculator calculator = calculator();
        long[] times = {0, 0, 10_000_000, 5, Long.MAX_VALUE, Long.MIN_VALUE, -1, 3_600_000_000_000L};
        for (long now : times) {
            for (BottleneckView view : Bottlenecks.bottlenecks()) {
                double rate = calculator.rateBytesPerSecond(view, now);
                assertTrue(rate > 0, () -> "rate " + rate + " at " + now + " for " + view);
            }
        }
    }

    /** Every packet has an answer, and none throws: before the first step, and of what nothing is known. */
    @Test
    default void answersEveryPacket() {
        DelayCalculator calculator = calculator();
        for (FlowView flow : Bottlenecks.flows()) {
            assertEquals(
                    calculator.delayNanos(flow, Bottlenecks.unknown()),
                    calculator.delayNanos(flow, Bottlenecks.unknown()),
                    "two delays for " + flow);
        }
        assertEquals(
                Bottlenecks.bottlenecks().size() * Bottlenecks.flows().size(),
                delays(calculator).size());
    }

    /** A delay is a pure function: asked again, and in another order, it is the same. */
    @Test
    default void delaysTheSameWheneverItIsAsked() {
        DelayCalculator calculator = calculator();
        List<Long> first = delays(calculator);
        List<Long> second = new ArrayList<>();
        List<BottleneckView> views = Bottlenecks.bottlenecks();
        List<FlowView> flows = Bottlenecks.flows();
        for (int i = views.size() - 1; i >= 0; i--) {
            for (int j = flows.size() - 1; j >= 0; j--) {
                second.add(calculator.delayNanos(flows.get(j), views.get(i)));
            }
        }
        Collections.reverse(second);
        assertEquals(first, second, "delays differ when asked in another order");
    }

    /** Event loops ask for delays while another thread takes control steps. */
    @Test
    default void delaysTheSameOnEveryThread() throws InterruptedException {
        DelayCalculator calculator = calculator();
        List<Long> alone = delays(calculator);
        for (List<Long> together : ParallelCalls.onThreads(THREADS, () -> delays(calculator))) {
            assertEquals(alone, together, "delays differ between threads");
        }
    }

    /** Delays are asked for per packet: they make no garbage at all. */
    @Test
    default void allocatesNothingPerPacket() {
        DelayCalculator calculator = calculator();
        List<BottleneckView> views = Bottlenecks.bottlenecks();
        FlowView flow = Bottlenecks.flows().get(0);
        long[] sum = new long[1];
        Runnable ask = () -> {
            for (int i = 0; i < views.size(); i++) {
                sum[0] += calculator.delayNanos(flow, views.get(i));
            }
        };
        for (int round = 0; round < 20; round++) {
            ask.run();
        }
        long perPacket = AllocatedBytes.by(ask) / views.size();
        assertEquals(0, perPacket, () -> perPacket + " B per packet, sum " + sum[0]);
    }

    /** Control steps come a hundred times a second for each bottleneck. */
    @Test
    default void allocatesLittlePerStep() {
        DelayCalculator calculator = calculator();
        List<BottleneckView> views = Bottlenecks.bottlenecks();
        long[] now = new long[1];
        double[] sum = new double[1];
        Runnable steps = () -> {
            for (int i = 0; i < views.size(); i++) {
                now[0] += views.get(i).stepNanos();
                sum[0] += calculator.rateBytesPerSecond(views.get(i), now[0]);
            }
        };
        steps.run();
        long perStep = AllocatedBytes.by(steps) / views.size();
        assertTrue(
                perStep <= MAX_BYTES_PER_STEP,
                () -> perStep + " B per step (expected: <= " + MAX_BYTES_PER_STEP + "), sum " + sum[0]);
    }

    private static List<Long> delays(DelayCalculator calculator) {
        List<Long> delays = new ArrayList<>();
        for (BottleneckView view : Bottlenecks.bottlenecks()) {
            for (FlowView flow : Bottlenecks.flows()) {
                delays.add(calculator.delayNanos(flow, view));
            }
        }
        return delays;
    }
}

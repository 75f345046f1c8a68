package io.foreshard.tck;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import java.util.ArrayList;
import java.util.List;

/** Views of bottlenecks and flows that a calculator has to answer: ordinary ones, unknown ones, and as extreme as can be. */
final class Bottlenecks {

    private static final double[] TIMES = {0, 1, 1e6, 20e6, 1e9, 1e13, Double.NaN};
    private static final double[] RATES = {1e6, 1, 1e12, Double.MAX_VALUE, Double.NaN};
    private static final double[] LEVELS = {0, 0.5, 1, Double.NaN};

    private Bottlenecks() {}

    record Bottleneck(
            String name,
            long stepNanos,
            long loopDelayNanos,
            double queueDelayNanos,
            double baseLatencyNanos,
            double capacityBytesPerSecond,
            double expectedCapacityBytesPerSecond,
            double congestionLevel,
            double serverLoad,
            long pathAgeNanos,
            long loadAgeNanos,
            double rateBytesPerSecond,
            double arrivalBytesPerSecond,
            double releaseBytesPerSecond,
            long backlogBytes)
            implements BottleneckView {}

    record Flow(
            int packetBytes,
            long queuedBytes,
            double weight,
            int classIndex,
            double latencyNanos,
            double leastLatencyNanos,
            double loadBytesPerSecond)
            implements FlowView {}

    /** Returns the same list in every run. */
    static List<BottleneckView> bottlenecks() {
        List<BottleneckView> views = new ArrayList<>();
        for (double time : TIMES) {
            for (double rate : RATES) {
                for (double level : LEVELS) {
                    views.add(bottleneck(time, rate, level, 1_000_000, 10_000));
                    views.add(bottleneck(time, rate, level, Long.MAX_VALUE, 0));
                    views.add(bottleneck(time, rate, level, 0, Long.MAX_VALUE));
                }
            }
        }
        return views;
    }

    /** Returns a bottleneck of which nothing is known. */
    static BottleneckView unknown() {
        return bottleneck(Double.NaN, Double.NaN, Double.NaN, Long.MAX_VALUE, 0);
    }

    private static Bottleneck bottleneck(double time, double rate, double level, long ageNanos, long backlogBytes) {
        return new Bottleneck(
                "tck",
                10_000_000,
                100_000_000,
                time,
                time,
                rate,
                level == 1 ? rate / 2 : Double.NaN,
                level,
                level,
                ageNanos,
                ageNanos,
                backlogBytes > 0 ? rate : DelayCalculator.UNLIMITED,
                Double.isNaN(rate) ? 0 : rate,
                Double.isNaN(rate) ? 0 : rate,
                backlogBytes);
    }

    /** Returns the same list in every run. */
    static List<FlowView> flows() {
        return List.of(
                new Flow(1200, 1200, 1, 0, 20e6, 10e6, 1e6),
                new Flow(1, 1, 1e-3, 3, Double.NaN, Double.NaN, Double.NaN),
                new Flow(65_535, Long.MAX_VALUE, 1e6, 0, 1e13, 0, 1e12));
    }
}

package io.foreshard.transport;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.PathOutlook;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages at random times over a link whose capacity varies, with one forecaster behind a gate; all on virtual time. */
final class GateRun {

    static final Duration RTT = Duration.ofMillis(100);

    /** The simulation's clock when its links begin. */
    private static final long START_NANOS = 1_000_000_000L;

    private static final long STEP_NANOS = PathOutlook.DEFAULT_PLANNING_INTERVAL_NANOS;

    /** When each datagram left the client, and a digest of it. */
    final List<Long> left = new ArrayList<>();

    final List<Long> completionNanos = new ArrayList<>();
    final List<GateReason> reasons = new ArrayList<>();
    final SimulatedPair pair;
    final ShardSession session;

    /** Makes a forecaster that knows the simulation. */
    interface Seer extends Function<Simulation, Forecaster> {}

    GateRun(GateMode mode, CapacityTrace trace, @Nullable Seer seer) {
        this(mode, trace, seer, Runnable::run);
    }

    GateRun(GateMode mode, CapacityTrace trace, @Nullable Seer seer, Executor executor) {
        Impairment back = Impairment.builder()
                .rateBytesPerSecond(2_000_000)
                .delay(RTT.dividedBy(2))
                .build();
        Impairment forth = back.toBuilder().capacity(trace).queueBytes(200_000).build();
        SimulatedPair[] later = new SimulatedPair[1];
        TransportConfigBuilder config = SimulatedPair.config(1)
                .gate(mode)
                .forecastExecutor(executor)
                .gateListener((subject, report) -> reasons.add(report.reason()));
        if (seer != null) {
            config.forecaster(() -> seer.apply(later[0].simulation));
        }
        pair = new SimulatedPair(
                7, forth, back, config.build(), SimulatedPair.config(2).build(), 1);
        later[0] = pair;
        pair.atServer.keepContent = false;
        pair.clientChannels.get(0).pipeline().addFirst(new Departures());
        session = pair.connect();
    }

    /** Sends messages at times drawn from a seed, for so long, and waits for the last. */
    GateRun load(int messageBytes, double bytesPerSecond, Duration length) {
        Random random = new Random(3);
        long start = pair.simulation.nowNanos();
        long at = start;
        List<Future<Void>> all = new ArrayList<>();
        while (at - start < length.toNanos()) {
            at += (long) (-Math.log(1 - random.nextDouble()) * messageBytes / bytesPerSecond * 1e9);
            pair.simulation.runFor(Duration.ofNanos(at - pair.simulation.nowNanos()));
            long sentAt = at;
            Future<Void> sent = session.send(pair.message(new byte[messageBytes]), MessageOptions.reliable());
            sent.addListener(done -> completionNanos.add(pair.simulation.nowNanos() - sentAt));
            all.add(sent);
        }
        pair.runUntilDone(all, Duration.ofMinutes(5));
        return this;
    }

    double percentileMillis(double share) {
        List<Long> sorted = new ArrayList<>(completionNanos);
        Collections.sort(sorted);
        return sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
    }

    void close() {
        pair.close();
    }

    /** Knows what the acknowledgements of a trace will show. */
    static Seer oracle(CapacityTrace trace) {
        return simulation -> new Means(steps -> {
            double[] means = new double[steps];
            long now = simulation.nowNanos() - START_NANOS - RTT.toNanos();
            for (int i = 0; i < steps; i++) {
                for (int part = 0; part < 10; part++) {
                    long at = now + i * STEP_NANOS + part * STEP_NANOS / 10;
                    means[i] += trace.bytesPerSecondAt(Math.max(0, at)) / 10;
                }
            }
            return means;
        });
    }

    /** Forecasts one value from the newest sample and the mean of all. */
    static Seer of(DoubleBinaryOperator ofLastAndMean) {
        return simulation -> new Forecaster() {
            private double last;
            private double sum;
            private int count;

            @Override
            public void update(double sample) {
                if (Double.isFinite(sample)) {
                    last = sample;
                    sum += sample;
                    count++;
                }
            }

            @Override
            public Forecast forecast(int horizonSteps) {
                double[] means = new double[horizonSteps];
                Arrays.fill(means, ofLastAndMean.applyAsDouble(last, count == 0 ? 0 : sum / count));
                return new Forecast(means, new double[0], new double[0][], Double.NaN);
            }
        };
    }

    private record Means(Function<Integer, double[]> ahead) implements Forecaster {

        @Override
        public void update(double sample) {}

        @Override
        public Forecast forecast(int horizonSteps) {
            return new Forecast(ahead.apply(horizonSteps), new double[0], new double[0][], Double.NaN);
        }
    }

    private final class Departures extends ChannelDuplexHandler {

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof DatagramPacket datagram) {
                left.add(pair == null ? 0 : pair.simulation.nowNanos());
                left.add((long) Arrays.hashCode(ByteBufUtil.getBytes(datagram.content())));
            }
            ctx.write(message, promise);
        }
    }
}

package io.foreshard.flowshaper;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowshaper.control.BottleneckWatch;
import io.foreshard.flowshaper.control.UnshapedDelayCalculator;
import io.foreshard.flowshaper.scheduling.BottleneckQueue;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.RateCause;
import io.foreshard.runtime.ReasonCounters;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bottleneck and its control step. Parts on event loops come as handlers are added; the rest belongs to the control loop. */
final class ShapedBottleneck implements Bottleneck {

    private static final Logger LOG = LoggerFactory.getLogger(ShapedBottleneck.class);
    /** After so many control steps in which it was too slow, a calculator is left out. */
    private static final int SLOW_STEPS = 3;

    private static final double LEAST_GOODPUT = 0.01;
    private static final long MAX_SETTLING_STEPS = 500;
    /** Bytes per second: as good as none. */
    private static final double FIRST_LEASE = 1;
    /** Bytes per second: less could not be divided. */
    private static final double LEAST_RATE = 1;

    private static final DelayCalculator UNSHAPED = new UnshapedDelayCalculator();

    private final FlowShaper owner;
    private final String name;
    private final InetSocketAddress destination;
    private final ShaperSettings settings;
    private final BottleneckWatch watch;
    private final BenefitTrial trial;
    private final Map<ShaperLoop, BottleneckPart> parts = new ConcurrentHashMap<>();
    private final ReasonCounters<ShaperReason> counters;
    private volatile DelayCalculator calculator;
    private final LongAdder succeededRequests = new LongAdder();
    private final LongAdder failedRequests = new LongAdder();
    private RateCause cause = RateCause.NOT_NEEDED;
    private volatile BottleneckView view;
    private volatile BottleneckReport report;
    private volatile double rate = DelayCalculator.UNLIMITED;
    private volatile boolean lifted;
    private long steppedNanos;
    private DelayCalculator timed;
    private int slowSteps;

    ShapedBottleneck(
            FlowShaper owner,
            String name,
            InetSocketAddress destination,
            ReasonCounters<ShaperReason> counters,
            long nowNanos) {
        this.owner = owner;
        this.name = name;
        this.destination = destination;
        this.settings = owner.settings();
        this.counters = counters;
        this.calculator = settings.calculators().apply(name);
        this.timed = calculator;
        this.watch = settings.watches().apply(name);
        this.trial = new BenefitTrial(settings.trial(), name, settings.secrets().getAsLong());
        this.steppedNanos = nowNanos;
        this.view = watch.step(nowNanos, null, null, 0, 0, 0, rate);
        this.report = report(PartTotals.NONE, 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress destination() {
        return destination;
    }

    @Override
    public BottleneckReport report() {
        return report;
    }

    @Override
    public void calculator(DelayCalculator newCalculator) {
        calculator = newCalculator;
    }

    @Override
    public void completed(long latencyNanos, boolean succeeded) {
        if (latencyNanos > 0) {
            trial.completed(latencyNanos, succeeded);
            (succeeded ? succeededRequests : failedRequests).increment();
        }
    }

    /** Returns whether a shaper made it, also when it has forgotten it since. */
    boolean isOf(FlowShaper shaper) {
        return owner == shaper;
    }

    /** Returns its part on a loop; called on that loop. */
    BottleneckPart on(ShaperLoop loop) {
        BottleneckPart part = parts.computeIfAbsent(loop, this::newPart);
        if (lifted) {
            // It may have come too late to be lifted with the others.
            part.queue().update(UNSHAPED, view, DelayCalculator.UNLIMITED, loop.nowNanos());
        }
        return part;
    }

    private BottleneckPart newPart(ShaperLoop loop) {
        long now = loop.nowNanos();
        // Where a rate is in force, all of it is leased: the first packet passes, others wait for the next control
        // step.
        double lease = rate == DelayCalculator.UNLIMITED ? rate : FIRST_LEASE;
        BottleneckQueue queue = loop.scheduler().addBottleneck(calculator, view, now);
        queue.update(calculator, view, lease, now);
        return new BottleneckPart(loop, queue, lease);
    }

    /** Looks, decides and divides; on the control loop. */
    void step(long nowNanos) {
        // What a loop that was shut down held is free for the others.
        parts.keySet().removeIf(ShaperLoop::isShutDown);
        List<BottleneckPart> all = List.copyOf(parts.values());
        PartTotals totals = PartTotals.taken(all);
        PathSample path = ask(source -> source.latest(destination, nowNanos));
        NodeLoad load = ask(source -> source.latestLoad(destination, nowNanos));
        watch.completed(succeededRequests.sumThenReset(), failedRequests.sumThenReset());
        view = watch.step(
                nowNanos, path, load, totals.arrivedBytes(), totals.releasedBytes(), totals.backlogBytes(), rate);
        double wanted = decide(nowNanos);
        boolean shapes = wanted != DelayCalculator.UNLIMITED || totals.waitedNanos() > 0;
        trial.step(nowNanos, shapes, cost(path, totals), settlingSteps());
        boolean passes = trial.bypasses() || slowSteps >= SLOW_STEPS;
        rate = passes ? DelayCalculator.UNLIMITED : wanted;
        all.forEach(part -> part.recallIfSilent(rate / all.size()));
        RateLeases.divide(rate, all);
        DelayCalculator inForce = passes ? UNSHAPED : calculator;
        all.forEach(part -> part.post(inForce, view));
        report = report(totals, nowNanos - steppedNanos);
        ShaperStepEvent.emit(view, wanted, report);
        steppedNanos = nowNanos;
    }

    /** Lifts every limit, for good. */
    void lift() {
        lifted = true;
        rate = DelayCalculator.UNLIMITED;
        parts.values().forEach(part -> part.lift(UNSHAPED, view));
        report = report(PartTotals.NONE, 1);
    }

    private <T> @Nullable T ask(Function<TelemetrySource, @Nullable T> question) {
        try {
            return question.apply(settings.telemetry());
        } catch (RuntimeException | Error fault) {
            LOG.debug("The telemetry source failed", fault);
            counters.count(ShaperReason.TELEMETRY_FAILED);
            return null;
        }
    }

    private double decide(long nowNanos) {
        DelayCalculator asked = calculator;
        if (asked != timed) {
            timed = asked;
            slowSteps = 0;
        }
        cause = RateCause.FAILED_CALCULATOR;
        if (slowSteps >= SLOW_STEPS) {
            return DelayCalculator.UNLIMITED;
        }
        long before = settings.clock().nowNanos();
        double wanted = DelayCalculator.UNLIMITED;
        try {
            wanted = asked.rateBytesPerSecond(view, nowNanos);
            if (wanted > 0) {
                cause = asked.rateCause();
            } else {
                counters.count(ShaperReason.CALCULATOR_FAILED);
                wanted = DelayCalculator.UNLIMITED;
            }
            wanted = Math.max(LEAST_RATE, wanted);
        } catch (RuntimeException | Error fault) {
            LOG.debug("A delay calculator failed", fault);
            counters.count(ShaperReason.CALCULATOR_FAILED);
        }
        noteDuration(settings.clock().nowNanos() - before);
        return wanted;
    }

    /** A calculator that takes the better part of a step, time after time, is left out for good. */
    private void noteDuration(long tookNanos) {
        if (tookNanos <= settings.stepNanos() / 2) {
            slowSteps = 0;
            return;
        }
        slowSteps++;
        counters.count(ShaperReason.CALCULATOR_SLOW);
    }

    /** Returns what a packet cost in the last step: its wait, here and there, for each that arrived. */
    private double cost(@Nullable PathSample path, PartTotals totals) {
        if (path == null || !path.hasLatency() || totals.releasedPackets() == 0) {
            return Double.NaN;
        }
        double lost = Double.isNaN(path.lossRatio()) ? 0 : path.lossRatio();
        double waitNanos = (double) totals.waitedNanos() / totals.releasedPackets();
        return (waitNanos + path.latencyNanos()) / Math.max(LEAST_GOODPUT, 1 - lost);
    }

    private int settlingSteps() {
        return (int) Math.min(MAX_SETTLING_STEPS, 2 * view.loopDelayNanos() / settings.stepNanos());
    }

    private BottleneckReport report(PartTotals totals, long elapsedNanos) {
        double perSecond = 1e9 / Math.max(1, elapsedNanos);
        return new BottleneckReport(
                rate,
                lifted ? RateCause.NOT_NEEDED : trial.bypasses() ? RateCause.TRIAL : cause,
                trial.bypasses(),
                totals.backlogBytes(),
                totals.arrivedBytes() * perSecond,
                totals.releasedBytes() * perSecond,
                view.queueDelayNanos(),
                view.baseLatencyNanos(),
                view.congestionLevel(),
                view.serverLoad(),
                view.loopDelayNanos(),
                trial.report());
    }
}

package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchView;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Replays recorded changes, and tells what would have been planned, and why: to explain a past day, or to try another policy on it.
 *
 * <p>Give it the history of a journal in its order. What was in stock is not recorded: it is taken to be what was planned, less what was handed out
 * since. Changes before the time of interest teach the forecasts. Of a time without any change the first 4096 steps are replayed; what is
 * beyond is passed over. Confined to one thread.
 */
public final class DayReplay {

    /** More would take long for a clock that was wrong, and plans do not change any more. */
    private static final int MOST_QUIET_STEPS = 4096;
    /** The last millisecond of the year 9999. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private static final int UNBOUNDED = Integer.MAX_VALUE / 4;

    private final Prefetcher prefetcher;
    private final long stepMillis;
    private final Consumer<? super PrefetchPlan> plans;
    private final Map<String, int[]> stocks = new LinkedHashMap<>();
    private long stepEndsMillis = Long.MIN_VALUE;

    /**
     * Begins a replay.
     *
     * @param prefetcher a fresh one
     * @param step its step
     * @param plans takes the plan of each subdivision at the end of each step
     * @throws IllegalArgumentException if the step is below a minute
     */
    public DayReplay(Prefetcher prefetcher, Duration step, Consumer<? super PrefetchPlan> plans) {
        this.prefetcher = prefetcher;
        this.plans = plans;
        stepMillis = Checks.duration("step", step, Duration.ofMinutes(1), Duration.ofDays(1)) / 1_000_000;
    }

    /**
     * Takes the next change.
     *
     * @param change whose time is not before that of the one before; one that is counts as at the same time
     */
    public void take(AllocationChange change) {
        Allocation allocation = change.allocation();
        boolean isHandOut =
                allocation.kind() == AllocationKind.ADDRESS && allocation.status() == AllocationStatus.CONFIRMED;
        if (!isHandOut) {
            return;
        }
        long millis = Math.max(0, Math.min(LAST_MILLIS, allocation.sinceMillis()));
        if (stepEndsMillis == Long.MIN_VALUE) {
            stepEndsMillis = millis + stepMillis;
        }
        for (int quiet = 0; millis >= stepEndsMillis && quiet < MOST_QUIET_STEPS; quiet++) {
            endStep();
        }
        if (millis >= stepEndsMillis) {
            stepEndsMillis += ((millis - stepEndsMillis) / stepMillis + 1) * stepMillis;
        }
        String label = allocation.subdivision() + ' ' + allocation.prefix().family();
        int[] warm = stocks.computeIfAbsent(label, x -> new int[1]);
        int missed = warm[0] > 0 ? 0 : 1;
        warm[0] -= 1 - missed;
        prefetcher.demand(label, Math.max(millis, stepEndsMillis - stepMillis), 1, missed);
    }

    /** Ends the step under way, at the end of the replay. */
    public void endStep() {
        prefetcher.step(stepEndsMillis);
        stocks.forEach((label, warm) -> {
            PrefetchPlan plan =
                    prefetcher.plan(label, stepEndsMillis, new PrefetchView.Stock(1, UNBOUNDED, warm[0], 0, 0));
            warm[0] += plan.order() - plan.release();
            plans.accept(plan);
        });
        stepEndsMillis += stepMillis;
    }
}

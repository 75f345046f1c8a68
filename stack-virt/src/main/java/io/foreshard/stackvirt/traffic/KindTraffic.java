package io.foreshard.stackvirt.traffic;

import io.foreshard.coreapi.IdleTimeForecaster;
import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.StackIdle;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one kind of stack: how many at a time, and which of its stacks will be needed soon. Each stack, the n-th being the one that more than n - 1
 * stacks full of messages need, is foretold for itself. Time stands still or goes on; what is older than the newest counts as now. One thread at a time.
 */
public final class KindTraffic {

    /** The slot for which stacks are held ready or not. */
    public static final long SLOT_MILLIS = 1000;

    /** How many stacks of a kind are foretold one by one. */
    public static final int MOST_LEVELS = 16;

    /** A cold start that takes longer is foreseen as late as one that takes this long. */
    public static final long LONGEST_COLD_MILLIS = 60_000;

    private static final int MOST_STACKS = 1024;
    private static final long FRESH_MILLIS = 5000;
    private static final long NEVER = Long.MIN_VALUE;

    private final int maxInFlight;
    private final Reach ahead;
    private final TrafficExperience experience;
    private final Optional<ForecastFeed> forecasts;
    private final Optional<IdleTimeForecaster> idleTimes;
    private boolean idleKnown;
    private final ConcurrencyMeter meter = new ConcurrencyMeter();
    private final List<LevelModel> levels = new ArrayList<>();
    private final BurstReach reach;
    private long coldMillis;
    private final List<ExposureMeter> exposures = new ArrayList<>();
    private long[] lastNeeded = {};
    private long nowMillis = NEVER;
    private long slot = NEVER;
    private double slowLevel;
    private TrafficOutlook outlook = TrafficOutlook.none();
    private long inSlot;
    private Map<AuxiliaryTask, Double> taskSeconds = Map.of();
    private @Nullable AuxiliaryWork work;
    private int auxiliary;

    /**
     * Makes one that has seen nothing.
     *
     * @param experience what all kinds of a machine learn together
     * @param idleTimes is told idle times in seconds; may be empty
     * @param maxInFlight how many messages one stack has at a time
     * @param coldMillis how long a cold start takes, up to a minute
     * @throws IllegalArgumentException if a value is out of range
     */
    public KindTraffic(
            TrafficExperience experience, Optional<IdleTimeForecaster> idleTimes, int maxInFlight, long coldMillis) {
        this(experience, idleTimes, Optional.empty(), maxInFlight, coldMillis);
    }

    /**
     * Makes one that has seen nothing, with a forecaster.
     *
     * @param experience what all kinds of a machine learn together
     * @param idleTimes is told idle times in seconds; may be empty
     * @param forecasts is told the most messages at a time of each slot, and asked how many there will be
     * @param maxInFlight how many messages one stack has at a time
     * @param coldMillis how long a cold start takes, up to a minute
     * @throws IllegalArgumentException if a value is out of range
     */
    public KindTraffic(
            TrafficExperience experience,
            Optional<IdleTimeForecaster> idleTimes,
            Optional<ForecastFeed> forecasts,
            int maxInFlight,
            long coldMillis) {
        this.experience = experience;
        this.forecasts = forecasts;
        this.idleTimes = idleTimes;
        reach = new BurstReach(MOST_LEVELS);
        this.maxInFlight = Checks.positive("maxInFlight", maxInFlight);
        this.coldMillis = Checks.inRange("coldMillis", coldMillis, 0, LONGEST_COLD_MILLIS);
        ahead = new Reach((double) coldMillis);
    }

    /**
     * Counts a message that came.
     *
     * @param atMillis when, in milliseconds since 1970
     */
    public void arrived(long atMillis) {
        advance(atMillis);
        int before = needed();
        meter.change(nowMillis, 1);
        inSlot++;
        int now = needed();
        if (before == 0 && lastNeeded.length > 0 && nowMillis - lastNeeded[0] >= SLOT_MILLIS) {
            long idleSlots = (nowMillis - lastNeeded[0]) / SLOT_MILLIS;
            idleTimes.ifPresent(times -> times.record(idleSlots));
            idleKnown = true;
        }
        for (int level = 0; level < Math.min(now, MOST_LEVELS); level++) {
            while (exposures.size() <= level) {
                exposures.add(new ExposureMeter());
            }
            boolean fresh =
                    level >= before && (level >= lastNeeded.length || nowMillis - lastNeeded[level] > FRESH_MILLIS);
            exposures.get(level).arrived(nowMillis, fresh, coldMillis);
            if (level >= before) {
                reach.needed(level, fresh, nowMillis, windowMillis());
            }
        }
        mark();
    }

    /**
     * Counts a message that was answered, or given up.
     *
     * @param atMillis when, in milliseconds since 1970
     */
    public void answered(long atMillis) {
        advance(atMillis);
        mark();
        meter.change(nowMillis, -1);
    }

    /**
     * Sets how long auxiliary tasks occupy a place of a stack.
     *
     * @param seconds by task, each 0 or more; tasks left out take as long as messages do
     */
    public void taskSeconds(Map<AuxiliaryTask, Double> seconds) {
        taskSeconds = Map.copyOf(seconds);
    }

    /**
     * Counts auxiliary tasks.
     *
     * @param task which
     * @param count how many, below 0 counts as 0
     * @param atMillis when, in milliseconds since 1970
     */
    public void task(AuxiliaryTask task, long count, long atMillis) {
        advance(atMillis);
        if (work == null) {
            work = new AuxiliaryWork(taskSeconds);
        }
        work.count(task, count);
    }

    /** Returns what is expected of auxiliary tasks, as of the last {@link #tick}; of those that were ever counted. */
    public List<TaskOutlook> tasks() {
        return work == null ? List.of() : work.outlook();
    }

    /** Notes which stacks are needed at this moment. */
    private void mark() {
        int needed = Math.min(needed(), MOST_STACKS);
        if (needed > lastNeeded.length) {
            lastNeeded = Arrays.copyOf(lastNeeded, needed);
        }
        for (int level = 0; level < needed; level++) {
            lastNeeded[level] = nowMillis;
        }
    }

    private int needed() {
        return (meter.level() + auxiliary + maxInFlight - 1) / maxInFlight;
    }

    private void advance(long atMillis) {
        long to = Math.max(nowMillis, atMillis);
        nowMillis = to;
        meter.advance(to);
    }

    /**
     * Ends the slots up to a time, learns from them and foretells. To be called once a slot; slots left out count as quiet as the newest.
     *
     * @param atMillis the time, in milliseconds since 1970
     */
    public void tick(long atMillis) {
        advance(atMillis);
        mark();
        long ended = Math.floorDiv(nowMillis, SLOT_MILLIS) - 1;
        if (ended <= slot) {
            return;
        }
        slot = ended;
        if (ahead.changes(slot, (double) coldMillis, levels.isEmpty())) {
            levels.clear();
        }
        int peak = meter.takePeak() + auxiliary();
        int peakNeeded = (peak + maxInFlight - 1) / maxInFlight;
        while (levels.size() < Math.min(peakNeeded + 1, MOST_LEVELS)) {
            levels.add(new LevelModel(ahead.slots(), experience));
        }
        forecasts.ifPresent(feed -> feed.slot(slot, peak, ahead.slots()));
        double[] probabilities = new double[levels.size()];
        double[] exposed = new double[levels.size()];
        double least = 1;
        for (int level = 0; level < levels.size(); level++) {
            LevelModel model = levels.get(level);
            long below = level == 0 ? 0 : levels.get(level - 1).age(slot);
            double foretold = foretold(level);
            least = Math.min(least, model.step(slot, peakNeeded > level, below, room(peak, level), foretold));
            probabilities[level] = least;
            exposed[level] = level < exposures.size() ? exposures.get(level).mean() : 1;
        }
        slowLevel += 0.2 * (peak - slowLevel);
        outlook = new TrafficOutlook(windowMillis(), probabilities, exposed, reach.shares(), idleWindow());
    }

    /** Foretells the auxiliary work of the coming slot; returns that of the ended one, as so many messages at a time. */
    private int auxiliary() {
        long messages = inSlot;
        inSlot = 0;
        if (work == null) {
            return 0;
        }
        work.slot(slot, (double) messages, meter.average(1));
        auxiliary = work.expected();
        return work.seen();
    }

    /** What a forecaster says of a stack, from 0: as there are whole messages only, half a one more than fills those before it. */
    private double foretold(int level) {
        return forecasts
                .map(feed -> feed.exceeds((double) level * maxInFlight + 0.5, ahead.slots()))
                .orElse(Double.NaN);
    }

    private long windowMillis() {
        return ahead.slots() * SLOT_MILLIS;
    }

    /**
     * Takes how long a cold start takes by measurement. If it calls for foretelling further ahead, or less far, for minutes on end, what was learned for each stack is learned anew.
     *
     * @param millis how long; brought within 0…{@value #LONGEST_COLD_MILLIS}
     */
    public void coldMillis(long millis) {
        coldMillis = Math.max(0, Math.min(LONGEST_COLD_MILLIS, millis));
    }

    private TrafficOutlook.Window idleWindow() {
        if (idleTimes.isEmpty() || !idleKnown) {
            return TrafficOutlook.Window.NONE;
        }
        long from = idleTimes.get().preWarmSteps() * SLOT_MILLIS;
        return new TrafficOutlook.Window(from, from + idleTimes.get().keepAliveSteps() * SLOT_MILLIS);
    }

    /** Sixteen grades of how full the stacks below are, and three of whether they fill. */
    private int room(int peak, int level) {
        double full = Math.min(1.99, (double) peak / Math.max(1, level * maxInFlight));
        int trend = peak > slowLevel * 1.2 + 0.5 ? 2 : peak < slowLevel * 0.8 - 0.5 ? 0 : 1;
        return 3 * ((int) (8 * full)) + trend;
    }

    /** Returns what is expected, as of the last {@link #tick}. */
    public TrafficOutlook outlook() {
        return outlook;
    }

    /**
     * Returns what was seen.
     *
     * @param atMillis the time, in milliseconds since 1970
     * @param waiting how many of the messages wait for a stack
     */
    public ScalingView.Load load(long atMillis, int waiting) {
        advance(atMillis);
        mark();
        int held = Math.min(Math.max(0, waiting), meter.level());
        return new ScalingView.Load(meter.level() - held, held, meter.average(60), meter.average(6), idle(), auxiliary);
    }

    private StackIdle idle() {
        long[] idle = new long[lastNeeded.length];
        for (int level = 0; level < idle.length; level++) {
            idle[level] = nowMillis - lastNeeded[level];
        }
        return new StackIdle(idle);
    }

    /** Returns how many messages there are, in flight or waiting. */
    public int messages() {
        return meter.level();
    }

    /**
     * Returns whether what the forecaster says of a stack counts, as it has made probabilities better of late.
     *
     * @param stack from 1
     */
    public boolean trustsForecasts(int stack) {
        return stack >= 1 && stack <= levels.size() && levels.get(stack - 1).trustsForecasts();
    }

    /**
     * Returns whether the probabilities for a stack come true.
     *
     * @param stack from 1
     */
    public Optional<Reliability> reliability(int stack) {
        return stack >= 1 && stack <= levels.size()
                ? Optional.of(levels.get(stack - 1).reliability())
                : Optional.empty();
    }
}

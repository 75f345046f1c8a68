package io.foreshard.stackvirt.scaling;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Says what each stack of a kind may use, by what its stacks used: more processor time when one is throttled, less when for half an hour none has come near its limit; more memory
 * before the limit is reached and after a stack was ended for it, never less than was ever used with a margin; buffers by the messages that are on their way. All stacks of a
 * kind get the same. There is one change a minute at most; a raise of processor time that did not help is repeated after ever longer pauses, and one that followed a cut makes
 * the next cut come later. Memory counts with all that the kernel charges for it, such as cached files.
 *
 * <p>What a reading does not say changes nothing. One thread at a time; time that runs backwards counts as now.
 */
public final class ResourceScaling {

    /** The time between two changes. */
    static final long PAUSE_MILLIS = 60_000;

    /** How far back use is looked at before something is taken away. */
    static final long WINDOW_MILLIS = 1_800_000;

    private static final double LEAST_WATCHED_MILLIS = 10_000;
    private static final long FORGOTTEN_MILLIS = 300_000;
    private static final int MOST_STACKS = 4096;
    private static final long NEVER = Long.MIN_VALUE;
    private static final double NEAR_LIMIT = 0.85;
    private static final double MEMORY_UP = 1.3;
    private static final double MEMORY_UP_KILLED = 1.5;
    private static final double MEMORY_MARGIN = 1.25;
    private static final double FAR_BELOW = 0.7;
    private static final double MEMORY_DOWN = 0.9;
    private static final long MEBIBYTE = 1 << 20;
    private static final double BUFFERS_NEAR_FULL = 0.7;
    private static final int BUFFERS_CHANGE = 2;

    private final ResourceBounds bounds;
    private final EngineObserver observer;
    private final CpuRule cpu;
    private final PeakWindow memory = new PeakWindow(WINDOW_MILLIS);
    private final PeakWindow buffers = new PeakWindow(WINDOW_MILLIS);
    private final Map<StackId, StackReadings> stacks = new HashMap<>();
    private long nowMillis = NEVER;
    private long changedMillis = NEVER;
    private long mostMemory = -1;
    private long buffered = -1;
    private long kills;
    private Set<ResourceReason> lastReasons = Set.of();

    /**
     * Makes one that knows no reading.
     *
     * @param bounds between which it decides
     * @param observer is told of a {@link ResourceReason} when it begins to hold
     */
    public ResourceScaling(ResourceBounds bounds, EngineObserver observer) {
        this.bounds = bounds;
        this.observer = observer;
        cpu = new CpuRule(bounds);
    }

    /**
     * Takes a reading; of more than 4096 stacks at a time the others are left out.
     *
     * @param atMillis when
     * @param id whose
     * @param usage what it has used
     */
    public void read(long atMillis, StackId id, StackUsage usage) {
        advance(atMillis);
        StackReadings readings = stacks.get(id);
        if (readings != null) {
            readings.read(nowMillis, usage);
            cpu.used(nowMillis, readings.cpus());
        } else if (stacks.size() < MOST_STACKS) {
            stacks.put(id, new StackReadings(nowMillis, usage));
        }
        if (usage.memoryBytes() >= 0) {
            memory.add(nowMillis, (double) usage.memoryBytes());
            mostMemory = Math.max(mostMemory, usage.memoryBytes());
        }
    }

    /**
     * Takes that a stack was ended for using too much memory; where that is told it need not be read.
     *
     * @param atMillis when
     * @param id which one; it is forgotten
     */
    public void killed(long atMillis, StackId id) {
        advance(atMillis);
        stacks.remove(id);
        kills++;
    }

    /**
     * Takes how many bytes of messages are on their way to a stack or wait for it.
     *
     * @param atMillis when
     * @param bytes of one stack, the most there are; below 0 if not known
     */
    public void buffered(long atMillis, long bytes) {
        advance(atMillis);
        if (bytes >= 0) {
            buffers.add(nowMillis, (double) bytes);
            buffered = Math.max(buffered, bytes);
        }
    }

    private void advance(long atMillis) {
        nowMillis = Math.max(nowMillis, atMillis);
    }

    /**
     * Plans what a stack may use; to be called after readings, such as every ten seconds.
     *
     * @param atMillis when
     * @param now what it may use now
     */
    public ResourcePlan plan(long atMillis, StackResources now) {
        advance(atMillis);
        stacks.values().removeIf(each -> nowMillis - each.newestMillis() > FORGOTTEN_MILLIS);
        double share = most(each -> each.throttledShare(LEAST_WATCHED_MILLIS));
        Set<ResourceReason> reasons = EnumSet.noneOf(ResourceReason.class);
        StackResources planned = now;
        if (changedMillis == NEVER || nowMillis - changedMillis >= PAUSE_MILLIS) {
            double usedByAll = stacks.values().stream()
                    .mapToDouble(StackReadings::cpus)
                    .filter(cpus -> cpus >= 0)
                    .sum();
            planned = new StackResources(
                    cpu.plan(nowMillis, now.cpus(), share, usedByAll, reasons),
                    memory(now.memoryBytes(), reasons),
                    now.processes(),
                    buffers(now.bufferBytes(), reasons));
            tell(reasons);
        }
        long memoryOfLate = (long) most(each -> (double) each.memoryBytes());
        ResourcePlan plan = new ResourcePlan(now, planned, reasons, share, cpu.highest(), memoryOfLate, buffered);
        if (plan.isChange()) {
            changedMillis = nowMillis;
            buffered = -1;
            stacks.values().forEach(StackReadings::restart);
        }
        return plan;
    }

    /** Returns the highest of the stacks, or NaN if it is known of none. */
    private double most(ToDoubleFunction<StackReadings> value) {
        return stacks.values().stream()
                .mapToDouble(value)
                .filter(each -> each >= 0)
                .max()
                .orElse(Double.NaN);
    }

    private long memory(long limit, Set<ResourceReason> reasons) {
        long killed = kills
                + stacks.values().stream().mapToLong(StackReadings::takeKills).sum();
        kills = 0;
        double used = most(each -> (double) each.memoryBytes());
        if (killed > 0) {
            mostMemory = Math.max(mostMemory, limit);
            return grown(limit, limit * MEMORY_UP_KILLED, ResourceReason.MEMORY_KILLED, reasons);
        }
        if (used > limit * NEAR_LIMIT) {
            return grown(limit, Math.max((double) limit, used) * MEMORY_UP, ResourceReason.MEMORY_NEAR_LIMIT, reasons);
        }
        double floor = Math.max((double) bounds.least().memoryBytes(), mostMemory * MEMORY_MARGIN);
        if (mostMemory < 0 || !isRested() || !memory.isFull(nowMillis) || floor >= limit * FAR_BELOW) {
            return limit;
        }
        reasons.add(ResourceReason.MEMORY_SPARE);
        return Math.min(limit, wholeMebibytes(Math.max(floor, limit * MEMORY_DOWN)));
    }

    /** Memory and buffers are taken away no sooner than some time after any change. */
    private boolean isRested() {
        return changedMillis == NEVER || nowMillis - changedMillis >= CpuRule.FIRST_HOLD;
    }

    private long grown(long limit, double wanted, ResourceReason reason, Set<ResourceReason> reasons) {
        if (limit >= bounds.most().memoryBytes()) {
            reasons.add(ResourceReason.AT_MOST);
            return limit;
        }
        reasons.add(reason);
        return Math.min(bounds.most().memoryBytes(), wholeMebibytes(wanted));
    }

    private static long wholeMebibytes(double bytes) {
        return (long) Math.ceil(bytes / MEBIBYTE) * MEBIBYTE;
    }

    private long buffers(long limit, Set<ResourceReason> reasons) {
        if (buffered > limit * BUFFERS_NEAR_FULL) {
            if (limit >= bounds.most().bufferBytes()) {
                reasons.add(ResourceReason.AT_MOST);
                return limit;
            }
            reasons.add(ResourceReason.BUFFERS_FULL);
            return Math.min(bounds.most().bufferBytes(), saturated(limit));
        }
        double floor = Math.max((double) bounds.least().bufferBytes(), buffers.highest() * BUFFERS_CHANGE);
        if (!isRested() || !buffers.isFull(nowMillis) || floor * BUFFERS_CHANGE > limit) {
            return limit;
        }
        reasons.add(ResourceReason.BUFFERS_SPARE);
        return Math.max((long) floor, limit / BUFFERS_CHANGE);
    }

    private static long saturated(long limit) {
        return limit > Long.MAX_VALUE / BUFFERS_CHANGE ? Long.MAX_VALUE : limit * BUFFERS_CHANGE;
    }

    private void tell(Set<ResourceReason> reasons) {
        for (ResourceReason reason : reasons) {
            if (!lastReasons.contains(reason)) {
                tell(reason);
            }
        }
        lastReasons = Set.copyOf(reasons);
    }

    private void tell(ResourceReason reason) {
        try {
            observer.count(reason, 1);
        } catch (RuntimeException fault) {
            // Who observes was told in the observer's Javadoc that it changes nothing.
            return;
        }
    }
}

package io.foreshard.stackvirt.scaling;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.regret.MemoryPrice;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.traffic.TrafficExperience;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scales the stacks of a machine: watches their messages, foretells, plans, and reckons all the time what the reactive policy would have done on the same messages.
 * Memory has one price for all kinds, at which prediction spends no more of it than the reactive policy would. One thread at a time.
 */
public final class StackScaler {

    /** How much memory-time prediction may spend for what the reactive policy would. */
    public static final double DEFAULT_MEMORY_BUDGET = 0.97;

    private static final int MOST_KINDS = 256;

    private final ScalingPolicy predictive;
    private final ScalingPolicy reactive;
    private final MemoryPrice price;
    private final TrafficExperience experience = new TrafficExperience();
    private final Map<String, KindScaler> kinds = new LinkedHashMap<>();
    private double lastSpent;
    private double lastReactive;

    /**
     * Makes one without kinds.
     *
     * @param predictive decides while it is the better
     * @param reactive decides else
     * @param memoryBudget how much memory-time prediction may spend for what the reactive policy would, such as 0.97
     */
    public StackScaler(ScalingPolicy predictive, ScalingPolicy reactive, double memoryBudget) {
        this.predictive = predictive;
        this.reactive = reactive;
        price = new MemoryPrice(memoryBudget);
    }

    /**
     * Adds a kind.
     *
     * @param name not used yet
     * @param bounds what it may have
     * @throws IllegalArgumentException if the name is used, or there are 256 kinds
     */
    public KindScaler kind(String name, ScalingView.Bounds bounds) {
        Checks.require(!kinds.containsKey(name), "name", name, "one that is not used yet");
        Checks.require(kinds.size() < MOST_KINDS, "kinds", kinds.size(), "fewer than " + MOST_KINDS);
        KindScaler kind = new KindScaler(name, bounds, this);
        kinds.put(name, kind);
        return kind;
    }

    /**
     * Ends a slot; to be called once a second.
     *
     * @param nowMillis the time, in milliseconds since 1970
     */
    public void tick(long nowMillis) {
        double spent = 0;
        double reacted = 0;
        for (KindScaler kind : kinds.values()) {
            kind.tick(nowMillis);
            spent += kind.predictiveStock().megabyteSeconds();
            reacted += kind.reactiveStock().megabyteSeconds();
        }
        price.second(spent - lastSpent, reacted - lastReactive);
        lastSpent = spent;
        lastReactive = reacted;
    }

    /** Returns whether prediction decides now. */
    public boolean isPredictive() {
        return true;
    }

    /** Returns the price of memory, in messages per megabyte-second. */
    public double price() {
        return price.messagesPerMegabyteSecond();
    }

    TrafficExperience experience() {
        return experience;
    }

    ScalingPolicy predictive() {
        return predictive;
    }

    ScalingPolicy reactive() {
        return reactive;
    }
}

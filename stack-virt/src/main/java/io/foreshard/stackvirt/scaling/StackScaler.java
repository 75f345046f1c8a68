package io.foreshard.stackvirt.scaling;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReport;
import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.regret.MemoryPrice;
import io.foreshard.stackvirt.regret.RegretGate;
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
    public static final double DEFAULT_MEMORY_BUDGET = 0.99;

    private static final int MOST_KINDS = 256;

    private final ScalingPolicy predictive;
    private final ScalingPolicy reactive;
    private final MemoryPrice price;
    private final TrafficExperience experience = new TrafficExperience();
    private final Map<String, KindScaler> kinds = new LinkedHashMap<>();
    private final RegretGate gate;
    private double lastSpent;
    private double lastReactive;
    private long lastExposed;
    private long lastReactiveExposed;

    /**
     * Makes one without kinds.
     *
     * @param predictive decides while it is the better
     * @param reactive decides else
     * @param mode whether prediction may decide; if not, it is reckoned in the shadow of the reactive policy
     * @param listener is told when prediction begins or ends to decide
     * @param memoryBudget how much memory-time prediction may spend for what the reactive policy would, such as 0.97
     */
    public StackScaler(ScalingPolicy predictive, ScalingPolicy reactive, GateMode mode, GateListener listener, double memoryBudget) {
        gate = new RegretGate(mode, "stacks", listener);
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
        long exposed = 0;
        long reactiveExposed = 0;
        for (KindScaler kind : kinds.values()) {
            kind.tick(nowMillis);
            spent += kind.predictiveStock().megabyteSeconds();
            reacted += kind.reactiveStock().megabyteSeconds();
            exposed += kind.predictiveStock().exposed();
            reactiveExposed += kind.reactiveStock().exposed();
        }
        price.second(spent - lastSpent, reacted - lastReactive);
        gate.second(
                nowMillis,
                exposed - lastExposed + MemoryPrice.FIRST * (spent - lastSpent),
                reactiveExposed - lastReactiveExposed + MemoryPrice.FIRST * (reacted - lastReactive));
        lastExposed = exposed;
        lastReactiveExposed = reactiveExposed;
        lastSpent = spent;
        lastReactive = reacted;
    }

    /** Returns whether prediction decides now. */
    public boolean isPredictive() {
        return gate.isOpen();
    }

    /** Returns whether prediction decides, and why. */
    public GateReport gate() {
        return gate.report();
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

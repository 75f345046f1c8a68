package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.regret.RegretReport;
import io.foreshard.stackvirt.regret.VirtualStock;
import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.traffic.AuxiliaryTask;
import io.foreshard.stackvirt.traffic.KindTraffic;
import java.util.Optional;

/** The scaling of one kind of stack. Made by {@link StackScaler#kind}. One thread at a time. */
public final class KindScaler {

    private static final long REACTIVE_TICK_MILLIS = 2000;
    private static final double LONGEST_MILLIS = 1e9;
    private static final double MOST_MEGABYTES = 1e9;

    private final String name;
    private final StackScaler owner;
    private final KindTraffic traffic;
    private final Shadow predictive;
    private final Shadow reactive;
    private ScalingView.Bounds bounds;
    private ScalingMemory predictiveMemory = ScalingMemory.NONE;
    private ScalingMemory reactiveMemory = ScalingMemory.NONE;
    private long reactiveDue = Long.MIN_VALUE;
    private long reactionDue = Long.MIN_VALUE;
    private Optional<ScalingPlan> lastReaction = Optional.empty();
    private long accountedMillis = Long.MIN_VALUE;
    private int resident;
    private Optional<ScalingPlan> last = Optional.empty();
    private long exposed;
    private double megabyteSeconds;
    private double idleMegabyteSeconds;
    private long starts;

    KindScaler(String name, ScalingView.Bounds bounds, StackScaler owner) {
        this.name = name;
        this.bounds = bounds;
        this.owner = owner;
        traffic = new KindTraffic(
                owner.experience(),
                owner.idleTimes().get(),
                owner.forecasts().get(),
                bounds.maxInFlight(),
                coldMillis());
        traffic.taskSeconds(owner.taskSeconds());
        predictive = new Shadow(owner.predictive());
        reactive = new Shadow(owner.reactive());
    }

    /** What would be if one policy alone had its way. */
    private final class Shadow {
        private final ScalingPolicy policy;
        private final VirtualStock stock = new VirtualStock(bounds.maxInFlight(), bounds.megabytes());
        private ScalingMemory memory = ScalingMemory.NONE;

        Shadow(ScalingPolicy policy) {
            this.policy = policy;
        }

        void arrived(long nowMillis) {
            boolean waits = stock.arrived(nowMillis, traffic.messages());
            if (waits && stock.starting() == 0) {
                plan(nowMillis);
            }
        }

        void plan(long nowMillis) {
            stock.advance(nowMillis);
            int waiting = Math.max(0, traffic.messages() - stock.running() * bounds.maxInFlight());
            ScalingView.Stock there = new ScalingView.Stock(stock.running(), stock.starting(), 0, 0);
            ScalingPlan plan = policy.plan(view(nowMillis, there, waiting, memory));
            memory = plan.memory();
            stock.follow(nowMillis, plan.resident(), traffic.messages(), coldMillis());
        }
    }

    /**
     * Counts a message that came, before it is handed to a stack.
     *
     * @param atMillis when, in milliseconds since 1970
     */
    public void arrived(long atMillis) {
        traffic.arrived(atMillis);
        reactive.arrived(atMillis);
        predictive.arrived(atMillis);
    }

    /**
     * Counts a message that was answered or given up.
     *
     * @param atMillis when, in milliseconds since 1970
     */
    public void answered(long atMillis) {
        traffic.answered(atMillis);
    }

    /**
     * Counts auxiliary tasks: what is expected of them counts as messages that stacks have.
     *
     * @param task which
     * @param count how many, below 0 counts as 0
     * @param atMillis when, in milliseconds since 1970
     */
    public void task(AuxiliaryTask task, long count, long atMillis) {
        traffic.task(task, count, atMillis);
    }

    void tick(long nowMillis) {
        traffic.tick(nowMillis);
        predictive.plan(nowMillis);
        if (nowMillis >= reactiveDue) {
            reactiveDue = nowMillis + REACTIVE_TICK_MILLIS;
            reactive.plan(nowMillis);
        }
        reactive.stock.advance(nowMillis);
    }

    /**
     * Plans the stacks; to be called after each {@link StackScaler#tick}, and at once when a message finds no stack.
     *
     * @param nowMillis the time, in milliseconds since 1970
     * @param stock what there is
     * @param waiting how many messages wait for a stack
     */
    public ScalingPlan plan(long nowMillis, ScalingView.Stock stock, int waiting) {
        account(nowMillis, stock);
        ScalingPlan plan =
                owner.isPredictive() ? predicted(nowMillis, stock, waiting) : reacted(nowMillis, stock, waiting);
        if (isNew(plan)) {
            owner.observer().count(plan.reason(), 1);
            ScalingEvent.emit(plan);
        }
        last = Optional.of(plan);
        return plan;
    }

    private boolean isNew(ScalingPlan plan) {
        ScalingReason before = last.map(ScalingPlan::reason).orElse(ScalingReason.IDLE);
        boolean moved = last.isPresent()
                && (plan.running() != last.get().running()
                        || plan.created() != last.get().created());
        return moved || plan.reason() != before || plan.resident() != resident;
    }

    private ScalingPlan predicted(long nowMillis, ScalingView.Stock stock, int waiting) {
        ScalingPlan plan = owner.predictive().plan(view(nowMillis, stock, waiting, predictiveMemory));
        predictiveMemory = plan.memory();
        lastReaction = Optional.empty();
        return plan;
    }

    /** The reactive policy looks every two seconds, and at once where there is no stack, or it would not be the one that prediction is compared with. */
    private ScalingPlan reacted(long nowMillis, ScalingView.Stock stock, int waiting) {
        boolean none = waiting > 0 && stock.running() + stock.starting() == 0;
        boolean due = lastReaction.isEmpty() || nowMillis >= reactionDue;
        if (!due && !none) {
            return lastReaction.get();
        }
        if (due) {
            reactionDue = (Math.floorDiv(nowMillis, REACTIVE_TICK_MILLIS) + 1) * REACTIVE_TICK_MILLIS;
        }
        ScalingPlan plan = owner.reactive().plan(view(nowMillis, stock, waiting, reactiveMemory));
        reactiveMemory = plan.memory();
        lastReaction = Optional.of(plan);
        return plan;
    }

    private void account(long nowMillis, ScalingView.Stock stock) {
        if (accountedMillis != Long.MIN_VALUE && nowMillis > accountedMillis) {
            double perStack = bounds.megabytes() * (nowMillis - accountedMillis) / 1000;
            megabyteSeconds += resident * perStack;
            idleMegabyteSeconds += Math.max(0, resident - bounds.stacksFor(traffic.messages())) * perStack;
        }
        accountedMillis = Math.max(accountedMillis, nowMillis);
        int there = stock.running() + stock.starting() + stock.frozen();
        starts += Math.max(0, there - resident);
        resident = there;
    }

    /**
     * Takes how long a start was measured to take, such as the 95th percentile of the newest ones; it replaces the configured time in all that is reckoned from now on.
     *
     * @param millis how long, from nothing to the first answer; what is negative or no number changes nothing
     */
    public void coldMillis(double millis) {
        if (millis >= 0 && millis <= LONGEST_MILLIS) {
            bounds = bounds.measured(millis, bounds.thawMillis());
            traffic.coldMillis(coldMillis());
        }
    }

    /**
     * Takes how long a thaw was measured to take; where the engine cannot freeze by the bounds, nothing changes.
     *
     * @param millis how long, to the first answer; what is negative or no number changes nothing
     */
    public void thawMillis(double millis) {
        if (millis >= 0 && millis <= LONGEST_MILLIS && bounds.thawMillis() < Double.POSITIVE_INFINITY) {
            bounds = bounds.measured(bounds.coldMillis(), millis);
        }
    }

    /**
     * Takes how much memory a stack was measured to take, such as a slow average of readings; it replaces the configured one in all that is reckoned from now on.
     *
     * @param measured megabytes that are resident; what is not above 0 or no number changes nothing
     */
    public void megabytes(double measured) {
        if (measured > 0 && measured <= MOST_MEGABYTES) {
            bounds = bounds.weighing(measured);
            predictive.stock.megabytes(measured);
            reactive.stock.megabytes(measured);
        }
    }

    /** Returns what the kind may have and what a stack takes, by what was measured so far. */
    public ScalingView.Bounds bounds() {
        return bounds;
    }

    private long coldMillis() {
        return (long) Math.min(bounds.coldMillis(), KindTraffic.LONGEST_COLD_MILLIS);
    }

    /**
     * Counts messages that wait for a stack.
     *
     * @param messages how many more, not negative
     */
    public void exposed(long messages) {
        exposed += Math.max(0, messages);
    }

    /** Returns what the decisions cost, and what they would have cost otherwise. */
    public RegretReport regret() {
        return new RegretReport(
                exposed,
                megabyteSeconds,
                idleMegabyteSeconds,
                starts,
                predictive.stock.exposed(),
                predictive.stock.megabyteSeconds(),
                predictive.stock.starts(),
                reactive.stock.exposed(),
                reactive.stock.megabyteSeconds(),
                reactive.stock.starts());
    }

    private ScalingView view(long nowMillis, ScalingView.Stock stock, int waiting, ScalingMemory memory) {
        return new ScalingView(
                name,
                nowMillis,
                bounds,
                stock,
                traffic.load(nowMillis, waiting),
                traffic.outlook(),
                owner.price(),
                memory);
    }

    /** Returns whether its forecasts decide now. */
    public boolean isTrusted() {
        return owner.isPredictive();
    }

    /** Returns what is seen and expected of its messages. */
    public KindTraffic traffic() {
        return traffic;
    }

    /** Returns what there would be if prediction alone had decided. */
    public VirtualStock predictiveStock() {
        return predictive.stock;
    }

    /** Returns what there would be if the reactive policy alone had decided. */
    public VirtualStock reactiveStock() {
        return reactive.stock;
    }
}

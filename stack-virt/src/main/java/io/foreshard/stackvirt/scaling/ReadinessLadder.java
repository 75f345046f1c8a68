package io.foreshard.stackvirt.scaling;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.time.Duration;

/**
 * Says how ready each of the stacks is that another policy wants to be there. Frozen ones hold their memory but take no processor time, and answer after a thaw. The n-th
 * stack runs while it is needed, was needed a short time ago, or is expected to be needed so surely that the thaw would cost more than the idling: probability × messages ×
 * thaw time, in cold starts, against price × processor time of an idle stack, in memory. The others are frozen. Where nothing is to hold memory but a message is not out of the question, one stack is
 * created but not started.
 *
 * <p>How many stacks are there at all, and when they go, remains with the other policy: for it, frozen stacks run. Where an engine cannot freeze, all of them do.
 */
public final class ReadinessLadder implements ScalingPolicy {

    /** How long a stack that is needed no more runs on: about as long as idling costs no more processor time than the commands for a freeze and a thaw. */
    public static final Duration DEFAULT_STABLE = Duration.ofSeconds(10);

    /** How much less than to thaw must be expected to freeze, or stacks would flap. */
    private static final double STAY_MARGIN = 0.7;

    /** What one that is created but not started holds of the memory of one that runs: the supervisor that waits to start it. */
    private static final double CREATED_MEMORY = 0.1;

    /** Which part of a cold start is over when a stack is created: that of containers with a Java process. */
    private static final double CREATED_LEAD = 0.3;

    private final ScalingPolicy inner;
    private final long stableMillis;

    /**
     * Makes one with the default time.
     *
     * @param inner says how many stacks hold memory
     */
    public ReadinessLadder(ScalingPolicy inner) {
        this(inner, DEFAULT_STABLE);
    }

    /**
     * Makes one.
     *
     * @param inner says how many stacks hold memory
     * @param stable how long one that is needed no more runs on, up to a day
     * @throws IllegalArgumentException if out of range
     */
    public ReadinessLadder(ScalingPolicy inner, Duration stable) {
        this.inner = inner;
        stableMillis = Checks.duration("stable", stable, Duration.ZERO, Duration.ofDays(1)) / 1_000_000;
    }

    @Override
    public ScalingPlan plan(ScalingView view) {
        ScalingPlan plan = inner.plan(asRunning(view));
        int resident = Math.min(plan.resident(), view.bounds().most());
        int running = Math.min(resident, Math.max(view.bounds().least(), running(view, resident)));
        int room = view.bounds().most() - resident;
        int created = Math.min(room, Math.max(plan.created(), resident == 0 ? created(view) : 0));
        return new ScalingPlan(running, resident - running, created, plan.reason(), plan.memory(), view);
    }

    /** The inner policy knows of stacks that hold memory and of others. */
    private static ScalingView asRunning(ScalingView view) {
        ScalingView.Stock stock = view.stock();
        if (stock.frozen() == 0) {
            return view;
        }
        return new ScalingView(
                view.kind(),
                view.nowMillis(),
                view.bounds(),
                new ScalingView.Stock(stock.running() + stock.frozen(), stock.starting(), 0, stock.created()),
                view.load(),
                view.outlook(),
                view.price(),
                view.memory());
    }

    private int running(ScalingView view, int resident) {
        ScalingView.Bounds bounds = view.bounds();
        if (!bounds.freezes()) {
            return resident;
        }
        int running = Math.max(view.neededNow(), view.load().idle().neededWithin(stableMillis));
        TrafficOutlook outlook = view.outlook();
        double seconds = outlook.windowMillis() / 1000.0;
        double idling = view.price() * bounds.idleCpus() * bounds.megabytesPerCpu() * seconds;
        double part = bounds.thawMillis() / bounds.coldMillis();
        for (int stack = running + 1; stack <= Math.min(resident, outlook.stacks()); stack++) {
            double late = Math.max(1, outlook.exposed(stack) * part);
            double thawing = outlook.probability(stack) * late * part;
            if (thawing > idling * (stack <= view.stock().running() ? STAY_MARGIN : 1)) {
                running = stack;
            }
        }
        return running;
    }

    /** One is set up if the part of a cold start that it saves is worth the little memory that it takes. */
    private static int created(ScalingView view) {
        TrafficOutlook outlook = view.outlook();
        if (view.load().idle().stacks() == 0) {
            return 0;
        }
        double seconds = outlook.windowMillis() / 1000.0;
        double cost = view.price() * view.bounds().megabytes() * CREATED_MEMORY * seconds;
        double saved = outlook.probability(1) * outlook.exposed(1) * CREATED_LEAD;
        return saved > cost * (view.stock().created() > 0 ? STAY_MARGIN : 1) ? 1 : 0;
    }
}

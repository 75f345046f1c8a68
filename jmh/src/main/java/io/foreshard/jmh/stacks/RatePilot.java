package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.spi.ScalingView;
import java.util.Arrays;
import java.util.List;

/**
 * Knows what messages are drawn from, how many there are now, how long answers take on average and a fixed price of memory, but not the draws: holds the n-th stack while the messages
 * that come in a second and find those before it full are worth its memory. Messages in flight a start ahead are those of now that stay, and a Poisson number of new ones.
 */
final class RatePilot implements Pilot {

    private static final long TICK_MILLIS = 1000;
    private static final double[] AHEAD = {0.25, 0.5, 1};

    private final StackDemand demand;
    private final List<ScalingView.Bounds> bounds;
    private final double price;
    private final double startMargin;
    private final double stayMargin;
    private final int[] inFlight;
    private int top;
    private final double[] distribution = new double[512];

    /** Makes one; what is worth a start may have to be worth more than what is worth to stay. */
    RatePilot(
            StackDemand demand, List<ScalingView.Bounds> bounds, double price, double startMargin, double stayMargin) {
        this.demand = demand;
        this.bounds = bounds;
        this.price = price;
        this.startMargin = startMargin;
        this.stayMargin = stayMargin;
        inFlight = new int[bounds.size()];
    }

    @Override
    public long tickMillis() {
        return TICK_MILLIS;
    }

    @Override
    public boolean asksAtOnce() {
        return true;
    }

    @Override
    public void arrived(int kind, long nowMillis) {
        inFlight[kind]++;
    }

    @Override
    public void answered(int kind, long nowMillis) {
        inFlight[kind]--;
    }

    @Override
    public void tick(long nowMillis) {}

    @Override
    public int plan(int kind, long nowMillis, ScalingView.Stock stock, int waiting) {
        ScalingView.Bounds bound = bounds.get(kind);
        int there = stock.running() + stock.starting();
        int perStack = bound.maxInFlight();
        int needed = bound.stacksFor(inFlight[kind]);
        int floor = waiting >= perStack ? needed : waiting > 0 ? Math.min(needed, Math.max(1, there)) : 0;
        int held = 0;
        double cost = price * bound.megabytes();
        for (double part : AHEAD) {
            held = Math.max(held, worth(kind, nowMillis, part, there, perStack, cost));
        }
        return Math.max(floor, Math.min(held, bound.most()));
    }

    /** Returns up to which stack messages at a part of a start ahead are worth the memory; what is not there cannot be before all of a start. */
    private int worth(int kind, long nowMillis, double part, int there, int perStack, double cost) {
        StackDemand.Kind of = demand.kinds().get(kind);
        Intensity intensity = of.intensity().orElseThrow();
        double ahead = part * StackReplay.coldMillis();
        double rate = intensity.perSecond(nowMillis, nowMillis + (long) ahead);
        double stay = Math.exp(-ahead / of.serviceMillis());
        distribute(inFlight[kind], stay, rate * of.serviceMillis() / 1000 * (1 - stay));
        double batches = intensity.unforeseenPerSecond(nowMillis);
        double above = 1;
        int held = 0;
        for (int stack = 1; stack <= 64; stack++) {
            double margin = stack <= there ? stayMargin : startMargin;
            if ((part == 1 || stack <= there) && rate * above + batches * (stack == 1 ? 1 : above) > cost * margin) {
                held = stack;
            }
            for (int n = (stack - 1) * perStack; n < stack * perStack; n++) {
                above -= n < distribution.length ? distribution[n] : 0;
            }
            if (above < 1e-7) {
                break;
            }
        }
        return held;
    }

    /** Binomial of those that stay, and Poisson of new ones. */
    private void distribute(int now, double stay, double fresh) {
        Arrays.fill(distribution, 0, top + 1, 0);
        top = 0;
        double poisson = Math.exp(-fresh);
        for (int n = 0; n < distribution.length && (n < fresh || poisson > 1e-9); n++) {
            distribution[n] = poisson;
            top = n;
            poisson *= fresh / (n + 1);
        }
        for (int message = 0; message < now; message++) {
            double carried = 0;
            top = Math.min(top + 1, distribution.length - 1);
            for (int n = 0; n <= top; n++) {
                double before = distribution[n];
                distribution[n] = before * (1 - stay) + carried * stay;
                carried = before;
            }
        }
    }
}

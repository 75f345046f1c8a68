package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.StackIdle;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the scaler of stacks relies on in a {@link ScalingPolicy}. A test class implements {@link #scaling()} and inherits the tests. The views are the same in every
 * run.
 */
public interface ScalingPolicyContract {

    /**
     * Returns the policy under test; called at least once per test.
     *
     * @return a new one, as an application would configure it
     */
    ScalingPolicy scaling();

    /** There are never more stacks than allowed, and never fewer run than required. */
    @Test
    default void staysWithinTheBounds() {
        SplittableRandom random = new SplittableRandom(1);
        ScalingPolicy policy = scaling();
        ScalingMemory memory = ScalingMemory.NONE;
        for (int i = 0; i < 3_000; i++) {
            ScalingView view = RandomScaling.view(random, memory);
            ScalingPlan plan = policy.plan(view);
            memory = plan.memory();
            assertTrue(plan.running() >= view.bounds().least(), plan::explain);
            assertTrue(
                    plan.running() + plan.frozen() + plan.created()
                            <= view.bounds().most(),
                    plan::explain);
        }
    }

    /** The same view gets the same plan, whatever was asked in between and from whichever policy of the kind. */
    @Test
    default void plansTheSameForTheSameView() {
        SplittableRandom random = new SplittableRandom(2);
        ScalingPolicy one = scaling();
        ScalingPolicy other = scaling();
        for (int i = 0; i < 1_000; i++) {
            ScalingView view = RandomScaling.view(random, ScalingMemory.NONE);
            ScalingPlan plan = one.plan(view);
            one.plan(RandomScaling.view(random, plan.memory()));
            assertEquals(plan, other.plan(view));
            assertEquals(plan, one.plan(view));
        }
    }

    /** What is expected may add stacks, but alone takes none: stacks that messages need at this moment are there. */
    @Test
    default void takesNoStackThatIsNeededNowWhateverIsExpected() {
        ScalingPolicy policy = scaling();
        for (int messages = 1; messages <= 40; messages++) {
            double thawMillis = messages % 2 == 0 ? 1 : Double.POSITIVE_INFINITY;
            ScalingView.Bounds bounds = new ScalingView.Bounds(0, 16, 10, 40, 1000, thawMillis, 0.01, 8192);
            int needed = bounds.stacksFor(messages);
            long[] idle = new long[needed];
            ScalingView view = new ScalingView(
                    "dns",
                    1_000_000,
                    bounds,
                    new ScalingView.Stock(needed, 0, 0, 0),
                    new ScalingView.Load(messages, 0, messages, messages, new StackIdle(idle)),
                    new TrafficOutlook(
                            2000, new double[16], new double[16], new double[16], TrafficOutlook.Window.NONE),
                    10,
                    new ScalingMemory(ScalingMemory.NEVER, needed, needed));
            ScalingPlan plan = policy.plan(view);
            assertTrue(plan.running() >= needed, plan::explain);
        }
    }

    /** Each plan can be told in words. */
    @Test
    default void explainsItself() {
        ScalingPlan plan = scaling().plan(RandomScaling.view(new SplittableRandom(3), ScalingMemory.NONE));
        assertFalse(plan.explain().isBlank());
        assertFalse(plan.reason().operatorAction().isBlank());
    }
}

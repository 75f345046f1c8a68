package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchPolicy;
import io.foreshard.addrsharding.spi.PrefetchView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What address sharding relies on in a {@link PrefetchPolicy}. A test class implements {@link #policy()} and inherits the tests. The views
 * are the same in every run: no shards and many, empty and full stocks, needs that are unknown, ordinary and as extreme as their type
 * allows, and counts of VMs that are negative, infinite or not a number.
 */
public interface PrefetchPolicyContract {

    /** The most that one decision may allocate on average, in bytes. */
    long MAX_BYTES_PER_PLAN = 1024;

    /** How many threads ask the same instance at once. */
    int THREADS = 4;

    /**
     * Returns the policy under test; called once per test.
     *
     * @return a policy as an application would configure it
     */
    PrefetchPolicy policy();

    /** A policy has an answer to every view, throws on none, and says what it rests on. */
    @Test
    default void plansEveryView() {
        PrefetchPolicy policy = policy();
        for (PrefetchView view : PrefetchViews.all()) {
            PrefetchPlan plan = policy.plan(view);
            assertNotNull(plan, () -> "no plan for " + view);
            assertSame(view, plan.view(), "the plan rests on another view");
        }
    }

    /** There cannot be more in stock than the shards have room for. */
    @Test
    default void keepsNoMoreThanThereIsRoomFor() {
        PrefetchPolicy policy = policy();
        for (PrefetchView view : PrefetchViews.all()) {
            PrefetchPlan plan = policy.plan(view);
            assertTrue(plan.target() <= view.stock().capacity(), () -> "target above the capacity: " + plan);
        }
    }

    /** What is ordered brings the stock to the target at the most. */
    @Test
    default void ordersNoMoreThanTheTargetAsksFor() {
        PrefetchPolicy policy = policy();
        for (PrefetchView view : PrefetchViews.all()) {
            PrefetchPlan plan = policy.plan(view);
            long then = (long) view.stock().warm() + view.stock().ordered() + plan.order();
            assertTrue(plan.order() == 0 || then <= plan.target(), () -> "order beyond the target: " + plan);
        }
    }

    /** Only what is warm can be released, and none of what the target asks for. */
    @Test
    default void releasesNothingThatIsWanted() {
        PrefetchPolicy policy = policy();
        for (PrefetchView view : PrefetchViews.all()) {
            PrefetchPlan plan = policy.plan(view);
            PrefetchView.Stock stock = view.stock();
            assertTrue(plan.release() <= stock.warm(), () -> "release of more than is warm: " + plan);
            long then = (long) stock.warm() + stock.ordered() - plan.release();
            assertTrue(plan.release() == 0 || then >= plan.target(), () -> "release below the target: " + plan);
        }
    }

    /** Without shards nothing can be warm. */
    @Test
    default void keepsNothingWithoutShards() {
        PrefetchPolicy policy = policy();
        for (PrefetchView view : PrefetchViews.all()) {
            if (view.stock().shards() == 0) {
                PrefetchPlan plan = policy.plan(view);
                assertEquals(0, plan.target() + plan.order(), () -> "stock without shards: " + plan);
            }
        }
    }

    /** A plan that was carried out asks for nothing more, so a policy does not order and release in turns. */
    @Test
    default void isContentWithItsOwnPlan() {
        PrefetchPolicy policy = policy();
        for (PrefetchView view : PrefetchViews.all()) {
            PrefetchPlan plan = policy.plan(view);
            PrefetchView.Stock stock = view.stock();
            PrefetchView done = new PrefetchView(
                    view.subdivision(),
                    view.nowMillis(),
                    new PrefetchView.Stock(
                            stock.shards(),
                            stock.capacity(),
                            stock.warm() - plan.release(),
                            stock.ordered() + plan.order(),
                            stock.backlog()),
                    view.outlook());
            PrefetchPlan next = policy.plan(done);
            assertFalse(
                    (plan.order() > 0 && next.release() > 0) || (plan.release() > 0 && next.order() > 0),
                    () -> plan + ", and then " + next);
        }
    }

    /** A decision is a pure function: asked again, and in another order, it is the same. */
    @Test
    default void decidesTheSameWheneverItIsAsked() {
        PrefetchPolicy policy = policy();
        List<PrefetchView> views = PrefetchViews.all();
        List<PrefetchPlan> first = plans(policy, views);
        List<PrefetchView> reversed = new ArrayList<>(views);
        Collections.reverse(reversed);
        List<PrefetchPlan> second = plans(policy, reversed);
        Collections.reverse(second);
        assertSamePlans(views, first, second);
    }

    /** Several subdivisions share one policy. */
    @Test
    default void decidesTheSameOnEveryThread() throws InterruptedException {
        PrefetchPolicy policy = policy();
        List<PrefetchView> views = PrefetchViews.all();
        List<PrefetchPlan> alone = plans(policy, views);
        for (List<PrefetchPlan> together : ParallelCalls.onThreads(THREADS, () -> plans(policy, views))) {
            assertSamePlans(views, alone, together);
        }
    }

    /** An operator can read why a stock is as it is. */
    @Test
    default void explainsEveryPlan() {
        PrefetchPolicy policy = policy();
        for (PrefetchView view : PrefetchViews.all()) {
            String words = policy.plan(view).explain();
            assertTrue(words.contains(view.subdivision()), words);
        }
    }

    /** A decision runs for each subdivision at each look: it makes a plan and little else. */
    @Test
    default void allocatesLittleMoreThanThePlan() {
        PrefetchPolicy policy = policy();
        List<PrefetchView> views = PrefetchViews.all();
        AllocatedBytes.by(() -> planAll(policy, views));
        long perPlan = AllocatedBytes.by(() -> planAll(policy, views)) / views.size();
        assertTrue(
                perPlan <= MAX_BYTES_PER_PLAN, () -> perPlan + " B per plan (expected: <= " + MAX_BYTES_PER_PLAN + ")");
    }

    private static void planAll(PrefetchPolicy policy, List<PrefetchView> views) {
        for (PrefetchView view : views) {
            assertNotNull(policy.plan(view));
        }
    }

    private static List<PrefetchPlan> plans(PrefetchPolicy policy, List<PrefetchView> views) {
        List<PrefetchPlan> plans = new ArrayList<>(views.size());
        views.forEach(view -> plans.add(policy.plan(view)));
        return plans;
    }

    private static void assertSamePlans(List<PrefetchView> views, List<PrefetchPlan> first, List<PrefetchPlan> second) {
        for (int i = 0; i < views.size(); i++) {
            PrefetchView view = views.get(i);
            assertEquals(first.get(i), second.get(i), () -> "two plans for " + view);
        }
    }
}

package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the sending side relies on in a {@link ShardPolicy}. A test class implements {@link #policy()} and inherits the tests:
 *
 * <pre>{@code
 * class MyPolicyTest implements ShardPolicyContract {
 *     @Override
 *     public ShardPolicy policy() {
 *         return new MyPolicy();
 *     }
 * }
 * }</pre>
 *
 * <p>The requests asked are the same in every run: messages of 1 B to 2 GiB, tiny and huge packets, both carriers, every contract,
 * deadlines that are far, near and past, and outlooks that are unknown, ordinary, and as extreme as their type allows.
 */
public interface ShardPolicyContract {

    /** The most that one decision may allocate on average, in bytes. */
    long MAX_BYTES_PER_PLAN = 1024;

    /** How many threads ask the same instance at once. */
    int THREADS = 4;

    /**
     * Returns the policy under test; called once per test.
     *
     * @return a policy as an application would configure it
     */
    ShardPolicy policy();

    /** A policy has an answer to every request, and throws on none. */
    @Test
    default void plansEveryMessage() {
        ShardPolicy policy = policy();
        for (ShardRequest request : ShardRequests.all()) {
            assertNotNull(policy.plan(request), () -> "no plan for " + request);
        }
    }

    /** The engine paces and accounts by the count before it cuts the message by the size. */
    @Test
    default void countsTheShardsThatItsSizeMakes() {
        ShardPolicy policy = policy();
        for (ShardRequest request : ShardRequests.all()) {
            ShardPlan plan = policy.plan(request);
            assertTrue(plan.shardBytes() > 0, () -> plan + " for " + request);
            long count = ((long) request.messageBytes() + plan.shardBytes() - 1) / plan.shardBytes();
            assertEquals(count, plan.shardCount(), () -> plan + " for " + request);
        }
    }

    /** A decision is a pure function: asked again, and in another order, it is the same. */
    @Test
    default void decidesTheSameWheneverItIsAsked() {
        ShardPolicy policy = policy();
        List<ShardRequest> requests = ShardRequests.all();
        List<ShardPlan> first = plans(policy, requests);
        List<ShardRequest> reversed = new ArrayList<>(requests);
        Collections.reverse(reversed);
        List<ShardPlan> second = plans(policy, reversed);
        Collections.reverse(second);
        assertSamePlans(requests, first, second);
    }

    /** Several event loops share one policy. */
    @Test
    default void decidesTheSameOnEveryThread() throws InterruptedException {
        ShardPolicy policy = policy();
        List<ShardRequest> requests = ShardRequests.all();
        List<ShardPlan> alone = plans(policy, requests);
        for (List<ShardPlan> together : ParallelCalls.onThreads(THREADS, () -> plans(policy, requests))) {
            assertSamePlans(requests, alone, together);
        }
    }

    /** An operator can read why a message was split as it was. */
    @Test
    default void explainsEveryPlan() {
        ShardPolicy policy = policy();
        for (ShardRequest request : ShardRequests.all()) {
            ShardPlan plan = policy.plan(request);
            assertFalse(plan.explain().isBlank(), () -> "no explanation for " + request);
        }
    }

    /** A decision runs on the event loop for each message: it makes a plan and little else. */
    @Test
    default void allocatesLittleMoreThanThePlan() {
        ShardPolicy policy = policy();
        List<ShardRequest> requests = ShardRequests.all();
        AllocatedBytes.by(() -> planAll(policy, requests));
        long perPlan = AllocatedBytes.by(() -> planAll(policy, requests)) / requests.size();
        assertTrue(
                perPlan <= MAX_BYTES_PER_PLAN, () -> perPlan + " B per plan (expected: <= " + MAX_BYTES_PER_PLAN + ")");
    }

    private static void planAll(ShardPolicy policy, List<ShardRequest> requests) {
        for (ShardRequest request : requests) {
            assertNotNull(policy.plan(request));
        }
    }

    private static List<ShardPlan> plans(ShardPolicy policy, List<ShardRequest> requests) {
        List<ShardPlan> plans = new ArrayList<>(requests.size());
        for (ShardRequest request : requests) {
            plans.add(policy.plan(request));
        }
        return plans;
    }

    private static void assertSamePlans(List<ShardRequest> requests, List<ShardPlan> first, List<ShardPlan> second) {
        for (int i = 0; i < requests.size(); i++) {
            ShardRequest request = requests.get(i);
            assertEquals(first.get(i), second.get(i), () -> "two plans for " + request);
        }
    }
}

package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.shardcodec.spi.ShardPolicy;
import io.foreshard.shardcodec.spi.ShardRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A contract test that never fails is worth nothing: each way to break the contract is noticed, and named. */
class BrokenShardPolicyTest {

    private static ShardPlan good(ShardRequest request, int shardBytes) {
        return ShardPlan.of(request.messageBytes(), shardBytes, false, ShardPlan.Cause.CUSTOM, Double.NaN, Double.NaN);
    }

    private static ShardPolicyContract contractOf(ShardPolicy policy) {
        return () -> policy;
    }

    private static void assertNoticed(String word, Executable test) {
        AssertionError error = assertThrows(AssertionError.class, test);
        assertTrue(String.valueOf(error.getMessage()).contains(word), error.getMessage());
    }

    @Test
    void noticesAPolicyWithoutAnAnswer() {
        ShardPolicy broken = request -> request.messageBytes() == 1 ? null : good(request, 1000);
        assertNoticed("no plan for ShardRequest[messageBytes=1,", contractOf(broken)::plansEveryMessage);
    }

    @Test
    void noticesAPolicyThatThrows() {
        ShardPolicy broken = request -> {
            throw new IllegalStateException("cannot decide");
        };
        assertThrows(IllegalStateException.class, contractOf(broken)::plansEveryMessage);
    }

    @Test
    void noticesAPolicyThatMiscounts() {
        ShardPolicy broken = request -> {
            int count = request.messageBytes() / 1000 + 1;
            return new ShardPlan(
                    1000, count, false, 0, ShardPlan.UNPACED, ShardPlan.Cause.CUSTOM, Double.NaN, Double.NaN);
        };
        contractOf(broken).plansEveryMessage();
        assertNoticed("shardCount=", contractOf(broken)::countsTheShardsThatItsSizeMakes);
    }

    @Test
    void noticesAPolicyThatRemembers() {
        AtomicInteger calls = new AtomicInteger();
        ShardPolicy broken = request -> good(request, 1000 + calls.incrementAndGet());
        assertNoticed("two plans for ShardRequest[", contractOf(broken)::decidesTheSameWheneverItIsAsked);
    }

    @Test
    void noticesAPolicyThatBelongsToOneThread() {
        Thread owner = Thread.currentThread();
        ShardPolicy broken = request -> good(request, Thread.currentThread() == owner ? 1000 : 1001);
        contractOf(broken).decidesTheSameWheneverItIsAsked();
        assertNoticed("two plans for ShardRequest[", contractOf(broken)::decidesTheSameOnEveryThread);
    }

    @Test
    void noticesAPolicyThatThrowsOnOtherThreads() {
        Thread owner = Thread.currentThread();
        ShardPolicy broken = request -> {
            if (Thread.currentThread() != owner) {
                throw new IllegalStateException("not my thread");
            }
            return good(request, 1000);
        };
        assertNoticed("not my thread", contractOf(broken)::decidesTheSameOnEveryThread);
    }

    @Test
    void noticesAPolicyThatLittersTheLoop() {
        AtomicReference<byte[]> kept = new AtomicReference<>();
        ShardPolicy broken = request -> {
            kept.set(new byte[4096]);
            return good(request, 1000);
        };
        assertNoticed("B per plan (expected: <= 1024)", contractOf(broken)::allocatesLittleMoreThanThePlan);
    }
}

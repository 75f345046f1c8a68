package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import io.foreshard.addrsharding.spi.PrefetchPolicy;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.PrefetchView;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A contract test that never fails is worth nothing: each way to break the contract is noticed, and named. */
class BrokenPrefetchPolicyTest {

    private static PrefetchPlan plan(PrefetchView view, int target, int order, int release) {
        return new PrefetchPlan(target, order, release, PrefetchReason.COVERS_RECENT, view);
    }

    private static PrefetchPolicyContract contractOf(PrefetchPolicy policy) {
        return () -> policy;
    }

    private static void assertNoticed(String word, Executable test) {
        AssertionError error = assertThrows(AssertionError.class, test);
        assertTrue(String.valueOf(error.getMessage()).contains(word), error.getMessage());
    }

    @Test
    void noticesAPolicyThatKnowsNoBounds() {
        PrefetchPolicyContract contract = contractOf(view -> plan(view, 1000, 500, 0));
        assertNoticed("target above the capacity", contract::keepsNoMoreThanThereIsRoomFor);
        assertNoticed("order beyond the target", contract::ordersNoMoreThanTheTargetAsksFor);
        assertNoticed("stock without shards", contract::keepsNothingWithoutShards);
    }

    @Test
    void noticesAPolicyThatReleasesWhatIsWanted() {
        PrefetchPolicyContract contract =
                contractOf(view -> plan(view, 10, 0, view.stock().warm()));
        assertNoticed("release below the target", contract::releasesNothingThatIsWanted);
        assertNoticed(
                "release of more than is warm", contractOf(view -> plan(view, 0, 0, 1))::releasesNothingThatIsWanted);
    }

    @Test
    void noticesAPolicyThatTrustsEveryForecast() {
        PrefetchPolicyContract contract = contractOf(
                view -> plan(view, Math.toIntExact((long) view.outlook().predictedVmCount()), 0, 0));
        assertThrows(RuntimeException.class, contract::plansEveryView);
    }

    @Test
    void noticesAPolicyThatOrdersAndReleasesInTurns() {
        PrefetchPolicyContract contract = contractOf(view -> {
            int warm = view.stock().warm();
            return warm % 2 == 0 ? plan(view, 2, 2, 0) : plan(view, 0, 0, Math.min(1, warm));
        });
        assertNoticed(", and then ", contract::isContentWithItsOwnPlan);
    }

    @Test
    void noticesAPolicyThatRemembers() {
        AtomicInteger calls = new AtomicInteger();
        PrefetchPolicyContract contract = contractOf(view -> plan(view, calls.incrementAndGet(), 0, 0));
        assertNoticed("two plans for", contract::decidesTheSameWheneverItIsAsked);
        assertNoticed("two plans for", contract::decidesTheSameOnEveryThread);
    }
}

package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.RouteClass;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.RoutePlanException;
import io.foreshard.addrsharding.route.SentRoute;
import io.foreshard.addrsharding.route.SessionState;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.Observation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.addrsharding.spi.RouterWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RouterGroupTest {

    private static final Prefix SHARD = Prefix.parse("10.64.1.0/24");
    private static final Prefix OTHER = Prefix.parse("10.64.3.0/24");
    private static final RoutePlanner PLANNER =
            new RoutePlanner(LabPlans.frr(), RoutePlanner.usualAttributes(LabPlans.FRR_AS));

    private final FakeRouter one = new FakeRouter();
    private final FakeRouter two = new FakeRouter();
    private Set<Prefix> atNeighbour = Set.of();
    private final RouterGroup group = RouterGroup.builder()
            .router(PLANNER, one)
            .router(PLANNER, two)
            .table(prefixes -> CompletableFuture.completedFuture(atNeighbour))
            .build();

    private static Allocation shard(Prefix prefix) {
        return new Allocation(AllocationKind.SHARD, prefix, "blue", "h" + prefix, AllocationStatus.CONFIRMED, 1, 0);
    }

    private PushOutcome announced(Prefix... prefixes) {
        List<Allocation> shards = new ArrayList<>();
        for (Prefix prefix : prefixes) {
            shards.add(shard(prefix));
        }
        return group.announce(shards).toCompletableFuture().join();
    }

    private Set<Prefix> withdrawn(Prefix... prefixes) {
        return group.withdrawn(Set.of(prefixes)).toCompletableFuture().join();
    }

    @Test
    void theWorstOutcomeCounts() {
        assertEquals(new PushOutcome.Applied(), announced(SHARD));
        two.says = new PushOutcome.Refused(List.of("no"));
        assertEquals(two.says, announced(SHARD));
        one.says = new PushOutcome.Unreachable("away");
        assertEquals(one.says, announced(SHARD));
    }

    @Test
    void aShardOfNobodysPoolIsRefusedAndNotThrown() {
        assertInstanceOf(PushOutcome.Refused.class, announced(Prefix.parse("192.0.2.0/24")));
    }

    @Test
    void aPlanThatIsFoundWrongLaterIsRefusedTooAndTheOtherRouterIsTold() {
        one.answer = CompletableFuture.failedFuture(violation());
        assertInstanceOf(PushOutcome.Refused.class, announced(SHARD));
        one.answer = CompletableFuture.failedFuture(new IllegalStateException("away"));
        assertInstanceOf(PushOutcome.Unreachable.class, announced(SHARD));
        one.thrown = new IllegalStateException("away");
        int before = two.told;
        assertInstanceOf(PushOutcome.Unreachable.class, announced(SHARD));
        assertEquals(before + 1, two.told);
    }

    private static RoutePlanException violation() {
        return assertThrows(
                RoutePlanException.class,
                () -> PLANNER.plan(List.of(shard(Prefix.parse("192.0.2.0/24"))), shard -> RouteClass.LIVE));
    }

    @Test
    void nothingIsWithdrawnThatARouterStillSendsOrHasAPlanFor() {
        assertEquals(Set.of(), withdrawn(SHARD), "no plan was applied yet");
        announced(SHARD, OTHER);
        assertEquals(Set.of(), withdrawn(SHARD));
        announced(OTHER);
        two.sent = List.of(SHARD);
        assertEquals(Set.of(), withdrawn(SHARD), "still sent");
        two.sent = List.of(Prefix.parse("10.64.0.0/23"));
        assertEquals(Set.of(), withdrawn(SHARD), "sent as a part of more");
        two.sent = List.of(OTHER);
        assertEquals(Set.of(SHARD), withdrawn(SHARD, OTHER));
    }

    @Test
    void nothingIsWithdrawnWhileASessionIsDownOrTheRouterCannotBeRead() {
        announced(OTHER);
        one.isUp = false;
        assertEquals(Set.of(), withdrawn(SHARD));
        one.isUp = true;
        one.isReadable = false;
        assertEquals(Set.of(), withdrawn(SHARD));
        one.isReadable = true;
        assertEquals(Set.of(SHARD), withdrawn(SHARD));
    }

    @Test
    void nothingIsWithdrawnThatANeighbourHas() {
        announced();
        atNeighbour = Set.of(SHARD);
        assertEquals(Set.of(OTHER), withdrawn(SHARD, OTHER));
        RouterGroup broken = RouterGroup.builder()
                .unwatched(PLANNER, one)
                .table(prefixes -> CompletableFuture.failedFuture(new IllegalStateException("away")))
                .build();
        broken.announce(List.of()).toCompletableFuture().join();
        assertThrows(
                CompletionException.class,
                () -> broken.withdrawn(Set.of(SHARD)).toCompletableFuture().join());
    }

    @Test
    void theWordOfOneThatCannotBeLookedAtIsEnough() {
        RouterGroup silent = RouterGroup.builder().unwatched(PLANNER, one).build();
        silent.announce(List.of(shard(OTHER))).toCompletableFuture().join();
        assertEquals(
                Set.of(SHARD),
                silent.withdrawn(Set.of(SHARD, OTHER)).toCompletableFuture().join());
    }

    @Test
    void aPlanThatIsAnsweredLateDoesNotTakeThePlaceOfALaterOne() {
        CompletableFuture<PushOutcome> late = new CompletableFuture<>();
        one.answer = late;
        CompletableFuture<PushOutcome> first =
                group.announce(List.of(shard(OTHER))).toCompletableFuture();
        one.answer = null;
        announced(SHARD);
        late.complete(new PushOutcome.Applied());
        assertTrue(first.isDone());
        assertEquals(Set.of(), withdrawn(SHARD));
    }

    @Test
    void aGroupOfNobodyIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RouterGroup.builder().build());
    }

    /** A router that says what it is told to. */
    private static final class FakeRouter implements RouterPush, RouterWatch {

        PushOutcome says = new PushOutcome.Applied();
        CompletableFuture<PushOutcome> answer;
        List<Prefix> sent = List.of();
        boolean isUp = true;
        boolean isReadable = true;
        RuntimeException thrown;
        int told;

        @Override
        public CompletionStage<PushOutcome> push(RoutePlan plan) {
            told++;
            if (thrown != null) {
                throw thrown;
            }
            return answer == null ? CompletableFuture.completedFuture(says) : answer;
        }

        @Override
        public CompletionStage<Observation> observe(RoutePlan plan) {
            List<SentRoute> routes = sent.stream()
                    .map(prefix -> new SentRoute(prefix, Optional.empty(), OptionalLong.empty()))
                    .toList();
            return CompletableFuture.completedFuture(
                    isReadable
                            ? new Observation.Seen(plan.neighbours().stream()
                                    .map(each -> isUp
                                            ? new SessionState(each.name(), true, "", routes)
                                            : SessionState.down(each.name(), "away"))
                                    .toList())
                            : new Observation.Unreadable("away"));
        }
    }
}

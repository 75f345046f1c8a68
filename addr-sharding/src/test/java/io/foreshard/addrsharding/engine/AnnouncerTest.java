package io.foreshard.addrsharding.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.coreapi.EngineObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AnnouncerTest {

    private final List<PushOutcome> outcomes = new ArrayList<>();
    private Supplier<CompletionStage<PushOutcome>> router = AnnouncerTest::applied;
    private final Announcer announcer = new Announcer(
            shards -> router.get(),
            List::<Allocation>of,
            new TimedCall<>(Runnable::run, 60_000),
            EngineObserver.NOOP,
            (tried, outcome) -> outcomes.add(outcome));

    private static CompletionStage<PushOutcome> applied() {
        return CompletableFuture.completedFuture(new PushOutcome.Applied());
    }

    /** Throws, as no autonomous system has the number 0. */
    private static RoutePlan broken() {
        return new RoutePlan(0, Prefix.parse("192.0.2.1/32"), List.of(), List.of(), List.of());
    }

    @Test
    void aPlanThatViolatesARuleIsRefusedAndToldAgain() {
        router = () -> {
            broken();
            return applied();
        };
        announcer.changed();
        assertTrue(
                outcomes.get(0) instanceof PushOutcome.Refused refused
                        && !refused.complaints().get(0).isBlank(),
                outcomes.toString());
        router = () -> applied().thenApply(applied -> {
            broken();
            return applied;
        });
        announcer.look(1000);
        assertInstanceOf(PushOutcome.Refused.class, outcomes.get(1));
        router = AnnouncerTest::applied;
        announcer.look(2000);
        assertEquals(new PushOutcome.Applied(), outcomes.get(2));
    }

    @Test
    void whatElseFailsOrSaysNothingIsUnreachable() {
        router = () -> CompletableFuture.failedFuture(new IllegalArgumentException("odd"));
        announcer.changed();
        router = () -> CompletableFuture.completedFuture(null);
        announcer.look(1000);
        assertEquals(2, outcomes.size());
        outcomes.forEach(outcome -> assertInstanceOf(PushOutcome.Unreachable.class, outcome));
    }
}

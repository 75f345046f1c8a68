package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.coreapi.EngineObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Addresses that are being made ready. Those that are not in time count as failed. Confined to the engine's executor. */
final class Warmings {

    private final AddressWarmer warmer;
    private final Executor executor;
    private final long limitMillis;
    private final EngineObserver observer;
    private final Set<TimedCall<Object>> open = new LinkedHashSet<>();

    Warmings(AddressWarmer warmer, Executor executor, long limitMillis, EngineObserver observer) {
        this.warmer = warmer;
        this.executor = executor;
        this.limitMillis = limitMillis;
        this.observer = observer;
    }

    /**
     * Makes addresses ready.
     *
     * @param then told once whether they are
     */
    void begin(String subdivision, List<Prefix> addresses, Consumer<Boolean> then) {
        TimedCall<Object> call = new TimedCall<>(executor, limitMillis);
        open.add(call);
        call.begin(() -> warmer.warm(subdivision, addresses), (done, failure) -> {
            open.remove(call);
            then.accept(failure == null);
            if (failure instanceof TimeoutException) {
                observer.count(EngineReason.WARMING_TIMED_OUT, addresses.size());
            }
        });
    }

    void look(long nowMillis) {
        List.copyOf(open).forEach(call -> call.look(nowMillis));
    }
}

package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.engine.AddressWarmer;
import io.foreshard.addrsharding.prefix.Prefix;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes addresses ready after so long of virtual time, as programming interfaces, filters and name servers would. Any thread. */
final class SlowWarmer implements AddressWarmer {

    private final long takesMillis;
    private final Queue<Refill> underWay = new ConcurrentLinkedQueue<>();
    private volatile long nowMillis;

    private record Refill(long dueMillis, CompletableFuture<Void> done) {}

    SlowWarmer(long takesMillis) {
        this.takesMillis = takesMillis;
    }

    @Override
    public CompletionStage<?> warm(String subdivision, List<Prefix> addresses) {
        Refill refill = new Refill(nowMillis + takesMillis, new CompletableFuture<>());
        underWay.add(refill);
        return refill.done();
    }

    /** Moves time on. */
    void now(long millis) {
        nowMillis = millis;
    }

    /** Completes what is due by now. All take as long, so the oldest are due first. */
    void completeDue() {
        Refill oldest = underWay.peek();
        while (oldest != null && oldest.dueMillis() <= nowMillis) {
            underWay.remove();
            oldest.done().complete(null);
            oldest = underWay.peek();
        }
    }
}

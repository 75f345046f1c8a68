package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The loops of an endpoint, and what they add up to. Safe for use by several threads once filled. */
final class SessionLoops {

    private final List<SessionLoop> loops = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    void add(SessionLoop loop) {
        loops.add(loop);
    }

    SessionLoop get(int index) {
        return loops.get(index);
    }

    /** Returns the loop for the next session or connection: they take turns. */
    int nextIndex() {
        return Math.floorMod(next.getAndIncrement(), loops.size());
    }

    Map<Reason, Long> counters() {
        Map<Reason, Long> sum = new HashMap<>();
        loops.forEach(loop -> loop.allCounters().forEach((reason, count) -> sum.merge(reason, count, Long::sum)));
        return sum;
    }

    long reassemblyBytes() {
        return loops.stream().mapToLong(loop -> loop.reassembler().usedBytes()).sum();
    }

    long peakReassemblyBytes() {
        return loops.stream().mapToLong(loop -> loop.reassembler().peakBytes()).sum();
    }

    /** Closes all sessions, then does something on the first loop; throws what an executor throws that is shut down. */
    void close(Runnable then) {
        EventLoop executor = loops.get(0).executor();
        List<Future<?>> closed = new ArrayList<>();
        for (SessionLoop loop : loops) {
            closed.add(loop.executor().submit(() -> loop.close("the endpoint is closed")));
        }
        executor.execute(() -> {
            PromiseCombiner combiner = new PromiseCombiner(executor);
            closed.forEach(combiner::add);
            Promise<Void> all = executor.newPromise();
            combiner.finish(all);
            all.addListener(done -> then.run());
        });
    }
}

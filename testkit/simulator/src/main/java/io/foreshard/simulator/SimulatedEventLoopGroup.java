package io.foreshard.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The loops of one node as production code sees them. */
final class SimulatedEventLoopGroup extends AbstractEventExecutorGroup implements IoEventLoopGroup {

    private final List<SimulatedLoop> loops;
    private final Scheduler scheduler;
    private int nextIndex;

    SimulatedEventLoopGroup(SimulatedNode node, Scheduler scheduler, int loopCount) {
        this.scheduler = scheduler;
        loops = new ArrayList<>(loopCount);
        for (int i = 0; i < loopCount; i++) {
            loops.add(new SimulatedLoop(this, node, scheduler, i));
        }
    }

    List<SimulatedLoop> loops() {
        return List.copyOf(loops);
    }

    @Override
    public IoEventLoop next() {
        SimulatedLoop loop = loops.get(nextIndex);
        nextIndex = (nextIndex + 1) % loops.size();
        return loop;
    }

    @Override
    public Ticker ticker() {
        return scheduler.ticker();
    }

    @Override
    public Iterator<EventExecutor> iterator() {
        return List.<EventExecutor>copyOf(loops).iterator();
    }

    @Override
    @Deprecated
    public ChannelFuture register(ChannelPromise promise) {
        return next().register(promise);
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel) {
        return next().register(channel);
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        return next().register(channel, promise);
    }

    @Override
    public boolean isShuttingDown() {
        return loops.stream().allMatch(SimulatedLoop::isShuttingDown);
    }

    /** Shuts down without a quiet period: nothing comes from outside a simulation. */
    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        beginShutdown();
        return terminationFuture();
    }

    private void beginShutdown() {
        for (SimulatedLoop loop : loops) {
            loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
            scheduler.makeReady(loop);
        }
    }

    @Override
    public Future<?> terminationFuture() {
        Promise<Void> all = GlobalEventExecutor.INSTANCE.newPromise();
        GlobalEventExecutor.INSTANCE.execute(() -> {
            PromiseCombiner combiner = new PromiseCombiner(GlobalEventExecutor.INSTANCE);
            loops.forEach(loop -> combiner.add((Future<?>) loop.terminationFuture()));
            combiner.finish(all);
        });
        return all;
    }

    @Override
    @Deprecated
    public void shutdown() {
        beginShutdown();
    }

    @Override
    public boolean isShutdown() {
        return loops.stream().allMatch(SimulatedLoop::isShutdown);
    }

    @Override
    public boolean isTerminated() {
        return loops.stream().allMatch(SimulatedLoop::isTerminated);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}

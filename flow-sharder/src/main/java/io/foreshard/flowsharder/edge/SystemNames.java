package io.foreshard.flowsharder.edge;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks the system for names as the JDK does, its files and its order of sources included, but not on event loops, as the system answers when
 * it likes. So this has threads of its own: daemons that are there only while names are looked up, and none where targets are addresses. What
 * does not fit fails with a {@link RejectedExecutionException}. Any thread.
 */
final class SystemNames extends AddressResolverGroup<InetSocketAddress> {

    private static final int THREADS = 8;
    private static final int MOST_WAITING = 1024;
    private static final long IDLE_SECONDS = 10;

    /** Answers after a time, with one address at least. */
    interface Lookup {
        InetAddress[] of(String name) throws UnknownHostException;
    }

    private final Lookup lookup;
    private final ThreadPoolExecutor threads;

    SystemNames() {
        this(InetAddress::getAllByName, THREADS, MOST_WAITING);
    }

    SystemNames(Lookup lookup, int atOnce, int mostWaiting) {
        this.lookup = lookup;
        threads = new ThreadPoolExecutor(
                atOnce, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(mostWaiting), task -> {
                    Thread thread = new Thread(task, "foreshard-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Asking(executor);
    }

    @Override
    public void close() {
        super.close();
        threads.shutdownNow();
    }

    private final class Asking extends AbstractAddressResolver<InetSocketAddress> {

        Asking(EventExecutor executor) {
            super(executor, InetSocketAddress.class);
        }

        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return !address.isUnresolved();
        }

        @Override
        protected void doResolve(InetSocketAddress named, Promise<InetSocketAddress> promise) {
            ask(named, promise, all -> promise.trySuccess(new InetSocketAddress(all[0], named.getPort())));
        }

        @Override
        protected void doResolveAll(InetSocketAddress named, Promise<List<InetSocketAddress>> promise) {
            ask(
                    named,
                    promise,
                    all -> promise.trySuccess(Arrays.stream(all)
                            .map(address -> new InetSocketAddress(address, named.getPort()))
                            .toList()));
        }

        private void ask(InetSocketAddress named, Promise<?> promise, Consumer<InetAddress[]> answer) {
            InetAddress literal = NetUtil.createInetAddressFromIpAddressString(named.getHostString());
            if (literal == null) {
                threads.execute(() -> look(named.getHostString(), promise, answer));
            } else {
                answer.accept(new InetAddress[] {literal});
            }
        }

        private void look(String name, Promise<?> promise, Consumer<InetAddress[]> answer) {
            if (promise.isDone()) {
                // Nobody waits for it any more.
                return;
            }
            try {
                answer.accept(lookup.of(name));
            } catch (UnknownHostException | RuntimeException failure) {
                promise.tryFailure(failure);
            }
        }
    }
}

package io.foreshard.flowsharder.names;

import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks names of hosts up, as many at once as may wait; one more fails with a {@link RejectedExecutionException}. Who asks for an address gets
 * it at once, and nothing is opened for that. Called on the event loop that a resolver is of.
 */
public final class HostNames extends AddressResolverGroup<InetSocketAddress> {

    private static final int MOST_WAITING = 1024;
    private static final long QUERY_MILLIS = 3_000;
    private static final int MOST_QUERIES = 8;

    private final AddressResolverGroup<InetSocketAddress> lookups;
    private final int mostWaiting;
    private volatile boolean closed;

    HostNames(AddressResolverGroup<InetSocketAddress> lookups, int mostWaiting) {
        this.lookups = lookups;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Asks the system's name servers, and its file of hosts before them, from the event loop itself: nothing blocks, and no thread is started.
     * No answer is kept, as whoever owns a zone would say for how long, and of how many names; that is the system's resolver's business.
     *
     * @param datagrams makes channels that fit the event loops
     * @param streams makes channels that fit the event loops, for answers that are too long for a datagram
     */
    public static HostNames byDns(
            ChannelFactory<? extends DatagramChannel> datagrams, ChannelFactory<? extends SocketChannel> streams) {
        return new HostNames(
                new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                        .datagramChannelFactory(datagrams)
                        .socketChannelFactory(streams)
                        .resolveCache(NoopDnsCache.INSTANCE)
                        .cnameCache(NoopDnsCnameCache.INSTANCE)
                        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                        .consolidateCacheSize(MOST_WAITING)
                        .queryTimeoutMillis(QUERY_MILLIS)
                        .maxQueriesPerResolve(MOST_QUERIES)),
                MOST_WAITING);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Asking(executor);
    }

    @Override
    public void close() {
        closed = true;
        super.close();
        lookups.close();
    }

    /** What one event loop asks. */
    private final class Asking extends AbstractAddressResolver<InetSocketAddress> {

        private final EventExecutor loop;
        private int waiting;

        Asking(EventExecutor executor) {
            super(executor, InetSocketAddress.class);
            loop = executor;
        }

        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return !address.isUnresolved();
        }

        @Override
        protected void doResolve(InetSocketAddress named, Promise<InetSocketAddress> promise) {
            InetAddress literal = NetUtil.createInetAddressFromIpAddressString(named.getHostString());
            if (literal != null) {
                promise.trySuccess(new InetSocketAddress(literal, named.getPort()));
            } else if (mayAsk(promise)) {
                pass(lookups.getResolver(loop).resolve(named), promise);
            }
        }

        @Override
        protected void doResolveAll(InetSocketAddress named, Promise<List<InetSocketAddress>> promise) {
            InetAddress literal = NetUtil.createInetAddressFromIpAddressString(named.getHostString());
            if (literal != null) {
                promise.trySuccess(List.of(new InetSocketAddress(literal, named.getPort())));
            } else if (mayAsk(promise)) {
                pass(lookups.getResolver(loop).resolveAll(named), promise);
            }
        }

        private boolean mayAsk(Promise<?> promise) {
            boolean may = !closed && waiting < mostWaiting;
            if (!may) {
                promise.tryFailure(new RejectedExecutionException(waiting + " names are being looked up"));
            }
            return may;
        }

        /** Who waits no longer frees no place: the name servers are still asked. */
        private <T> void pass(Future<T> asked, Promise<T> promise) {
            waiting++;
            asked.addListener((Future<T> answered) -> {
                waiting--;
                if (answered.isSuccess()) {
                    promise.trySuccess(answered.getNow());
                } else {
                    promise.tryFailure(answered.cause());
                }
            });
        }
    }
}

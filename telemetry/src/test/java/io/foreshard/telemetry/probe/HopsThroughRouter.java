package io.foreshard.telemetry.probe;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that measures the hops to an address from wherever it runs, and prints them. */
final class HopsThroughRouter {

    private HopsThroughRouter() {}

    public static void main(String[] arguments) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        InetSocketAddress target = new InetSocketAddress(arguments[0], 33_434);
        CountDownLatch reached = new CountDownLatch(2);
        HopProbe probe = PathProbe.hops(group)
                .destination(target)
                .interval(Duration.ofMillis(100))
                .listener((destination, roundTripNanos, nowNanos) -> reached.countDown())
                .start();
        boolean done = reached.await(10, TimeUnit.SECONDS);
        System.out.println(done + " " + probe.hops(target) + " " + probe.counters());
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
}

package io.foreshard.jmh.lossy;

import io.foreshard.jmh.run.ContestantException;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.relay.UdpRelay;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs contestants one at a time, each with two relays in this Java machine: one without impairments to warm up on, and the lossy
 * path. Relays of the same path and seed lose the same datagrams, counted from the first, whoever sends them.
 */
final class LossyRace implements AutoCloseable {

    /** The file of the newest run. */
    static final String ROWS = "lossy.csv";

    private static final Duration OVERHEAD = Duration.ofMinutes(1);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Path rows;
    private final LossyLength length;

    /**
     * Starts the relays' loop.
     *
     * @param folder for the files of the contestants
     * @param length how much is sent
     */
    LossyRace(Path folder, LossyLength length) {
        rows = folder.resolve(ROWS);
        this.length = length;
    }

    /**
     * Runs one contestant over one path.
     *
     * @param seed decides the arrivals and what is lost
     * @throws ContestantException if it cannot run
     */
    LossyResult run(LossyContender contender, Condition path, long seed)
            throws IOException, ContestantException, InterruptedException {
        InetSocketAddress receiver = freePort();
        try (UdpRelay clean = relay(receiver, Impairment.none(), Impairment.none(), seed);
                UdpRelay lossy = relay(receiver, path.impairment(), path.impairment(), seed)) {
            LossyTask task = new LossyTask(
                    rows,
                    contender,
                    receiver.getPort(),
                    clean.address().getPort(),
                    lossy.address().getPort(),
                    path.rttMillis(),
                    length.warmUps(),
                    seed,
                    length.counted(),
                    length.limitSeconds());
            contender.contestant().run(limit(), task.arguments());
            return new LossyResult(LossyTimes.read(rows), lossy.toTarget().offeredBytes(), lossy.unsent());
        }
    }

    private Duration limit() {
        return OVERHEAD.plusSeconds(length.limitSeconds());
    }

    private UdpRelay relay(InetSocketAddress target, Impairment there, Impairment back, long seed) {
        return UdpRelay.builder(group, target)
                .toTarget(there)
                .toClients(back)
                .seeds(2 * seed, 2 * seed + 1)
                .start();
    }

    private static InetSocketAddress freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
            return new InetSocketAddress(loopback, socket.getLocalPort());
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.TrafficClass;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.Future;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The DSCP of real packets, captured on the loopback interface. */
@Timeout(60)
class MarksOnTheWireTest {

    private static final int CLASS_OFFSET = 44;

    private static <T> T get(Future<T> future) throws Exception {
        assertTrue(future.await(20, TimeUnit.SECONDS), "not done in time");
        return future.get();
    }

    private static IoHandlerFactory io(String name) {
        return name.equals("epoll") ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private static ShardEndpoint bind(MultiThreadIoEventLoopGroup group, String address) throws Exception {
        return get(ShardEndpoint.builder(group)
                .localAddress(new InetSocketAddress(InetAddress.getByName(address), 0))
                .loops(2)
                .markTrafficClasses(TrafficClass.values())
                .bind());
    }

    @ParameterizedTest(name = "{0}: a socket on {1} sends to {2}")
    @CsvSource({
        "nio, 127.0.0.1, 127.0.0.1",
        "nio, ::1, ::1",
        "nio, ::, 127.0.0.1",
        "epoll, 127.0.0.1, 127.0.0.1",
        "epoll, ::1, ::1",
        "epoll, ::, 127.0.0.1"
    })
    void everyShardCarriesTheMarkOfItsClassAndOneSourcePort(String io, String from, String to) throws Exception {
        String obstacle = Capture.obstacle();
        assumeTrue(obstacle == null, obstacle);
        assumeTrue(io.equals("nio") || Epoll.isAvailable(), "epoll is not available here");
        assumeTrue(!from.contains(":") || hasIpv6(), "there is no IPv6 here");
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, io(io));
        try {
            ShardEndpoint server = bind(group, to);
            ShardEndpoint client = bind(group, from);
            assertTrue(client.capabilities().stream()
                    .anyMatch(each -> each.name().equals("traffic class marks") && each.works()));
            try (Capture capture = Capture.ofPort(client.localAddress().getPort())) {
                ShardSession session = get(client.connect(server.localAddress()));
                for (TrafficClass each : TrafficClass.values()) {
                    MessageOptions options = MessageOptions.reliable().withTrafficClass(each);
                    get(session.send(Unpooled.wrappedBuffer(new byte[20_000]), options));
                }
                look(capture, client.localAddress().getPort(), to.contains(":") ? 6 : 4);
            }
            get(client.close());
            get(server.close());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void withoutASharedPortNothingIsMarkedAndTheEndpointSaysWhy() throws Exception {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            ShardEndpoint endpoint = get(ShardEndpoint.builder(group)
                    .channelFactory(NioDatagramChannel::new)
                    .localAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .markTrafficClasses(TrafficClass.REAL_TIME)
                    .bind());
            Capability marks = endpoint.capabilities().stream()
                    .filter(each -> each.name().equals("traffic class marks"))
                    .findFirst()
                    .orElseThrow();
            assertFalse(marks.works());
            assertTrue(marks.detail().contains("share the port"), marks::detail);
            ShardSession session = get(endpoint.connect(endpoint.localAddress()));
            MessageOptions urgent = MessageOptions.reliable().withTrafficClass(TrafficClass.REAL_TIME);
            get(session.send(Unpooled.wrappedBuffer(new byte[1000]), urgent));
            get(endpoint.close());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
            TestLog.drain();
        }
    }

    private static void look(Capture capture, int port, int ipVersion) throws Exception {
        Set<TrafficClass> seen = EnumSet.noneOf(TrafficClass.class);
        int acks = 0;
        while (seen.size() < TrafficClass.values().length || acks == 0) {
            Capture.Datagram datagram = capture.next();
            boolean isShard = datagram.payload()[1] == PacketKind.SHARD.code();
            int code = isShard ? (datagram.payload()[CLASS_OFFSET] & 0xFF) >>> 4 : datagram.payload()[3];
            TrafficClass marked = TrafficClass.ofCode(code);
            assertEquals(ipVersion, datagram.ipVersion());
            assertEquals(
                    marked.dscp(), datagram.dscp(), () -> (isShard ? "shard of " : "control on the path of ") + marked);
            assertEquals(0, datagram.ecn());
            if (isShard) {
                assertEquals(port, datagram.sourcePort());
                seen.add(marked);
            }
            acks += datagram.payload()[1] == PacketKind.ACK.code() && code != 0 ? 1 : 0;
        }
    }

    private static boolean hasIpv6() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(Inet6Address.class::isInstance);
    }
}

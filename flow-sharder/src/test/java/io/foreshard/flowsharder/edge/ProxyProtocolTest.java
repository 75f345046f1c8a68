package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A target that expects the PROXY protocol learns who connected to the ingress. */
class ProxyProtocolTest {

    private final List<String> heard = new ArrayList<>();

    private final class Origin extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HAProxyMessage header) {
                heard.add(header.proxiedProtocol() + " " + header.sourceAddress() + " " + header.destinationAddress()
                        + ":" + header.destinationPort());
                header.release();
            } else if (message instanceof ByteBuf bytes) {
                heard.add(bytes.toString(StandardCharsets.US_ASCII));
                bytes.release();
            }
        }
    }

    @Test
    void aTargetLearnsWhoConnected() {
        try (EdgeRig rig = new EdgeRig(1, 2, 1, builder -> builder.proxyProtocol(true))) {
            ServerBootstrap listener = new ServerBootstrap()
                    .group(rig.origin.eventLoopGroup())
                    .channelFactory(SimulatedServerStreamChannel::new)
                    .childOption(ChannelOption.ALLOCATOR, rig.allocator)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline().addLast(new HAProxyMessageDecoder(), new Origin());
                        }
                    });
            rig.simulation.await(listener.bind(rig.origin.address(8080)), EdgeRig.LIMIT);
            rig.await(rig.ingress.forward(rig.near.address(1086), "10.0.0.4:8080"));
            Peer client = rig.connect(1086);
            client.channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
            rig.until(() -> heard.size() == 2, "not all came");
            assertEquals(List.of("TCP4 10.0.0.1 10.0.0.2:1086", "hello"), heard);
        }
    }

    /** The target may speak first: it hears of the client without a byte of it. */
    @Test
    void aTargetLearnsItBeforeTheClientSaysAnything() {
        try (EdgeRig rig = new EdgeRig(1, 2, 1, builder -> builder.proxyProtocol(true))) {
            Peer[] pair = rig.pair();
            rig.until(() -> pair[1].receivedBytes == 28, "no header came");
        }
    }
}

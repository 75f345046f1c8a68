package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.PacketFrameDecoder;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketWriter;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.WireReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReassemblerHandlerTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final List<MessageFailure> failures = new ArrayList<>();

    private ReassemblerHandler handler() {
        return ReassemblerHandler.builder(Reassembler.builder().hashKeys(1, 2))
                .failures(failures::add)
                .build();
    }

    private static DatagramPacket from(int port, ByteBuf packet) {
        return new DatagramPacket(packet, HERE, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @Test
    void firesOneMessagePerMessage() {
        EmbeddedChannel channel = new EmbeddedChannel(handler());
        TestMessage message = new TestMessage(1, 5_000, 600, 16);
        List<ByteBuf> packets = message.packets();
        packets.forEach(packet -> channel.writeInbound(from(9, packet)));
        ReassembledMessage whole = channel.readInbound();
        assertTrue(message.isContentOf(whole.content()));
        assertEquals(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), whole.sender());
        whole.release();
        packets.forEach(packet -> assertEquals(0, packet.refCnt()));
        assertNull(channel.readInbound());
        channel.finishAndReleaseAll();
    }

    @Test
    void keepsSendersApart() {
        EmbeddedChannel channel = new EmbeddedChannel(handler());
        TestMessage one = new TestMessage(1, 1_000, 600, 16, 11);
        TestMessage other = new TestMessage(1, 1_000, 600, 16, 12);
        channel.writeInbound(from(9, one.packet(0, 0)), from(10, other.packet(0, 1)));
        assertNull(channel.readInbound());
        channel.writeInbound(from(9, one.packet(0, 1)));
        ReassembledMessage whole = channel.readInbound();
        assertTrue(one.isContentOf(whole.content()));
        whole.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void worksBehindTheFrameDecoderOfAStream() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketFrameDecoder(reason -> {}), handler());
        TestMessage message = new TestMessage(1, 5_000, 600, 16);
        ByteBuf stream = Unpooled.buffer();
        for (ByteBuf packet : message.packets()) {
            stream.writeInt(packet.readableBytes()).writeBytes(packet);
            packet.release();
        }
        channel.writeInbound(stream);
        ReassembledMessage whole = channel.readInbound();
        assertTrue(message.isContentOf(whole.content()));
        whole.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void letsOtherKindsAndOtherObjectsPassUntouched() {
        EmbeddedChannel channel = new EmbeddedChannel(handler());
        ByteBuf probe = Unpooled.buffer();
        PacketWriter writer = new PacketWriter();
        writer.begin(probe, PacketKind.PROBE, 0, 0, 7, 1, 0);
        writer.finishControl(probe);
        DatagramPacket datagram = from(9, probe);
        channel.writeInbound(datagram, "text");
        assertSame(datagram, channel.readInbound());
        assertEquals("text", channel.readInbound());
        assertEquals(1, probe.refCnt());
        probe.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void countsAndReleasesWhatIsNoPacket() {
        ReassemblerHandler handler = handler();
        EmbeddedChannel channel = new EmbeddedChannel(handler);
        ByteBuf noise = Unpooled.wrappedBuffer(new byte[100]);
        ByteBuf damaged = new TestMessage(1, 700, 1144, 16).packet(0, 0);
        damaged.setByte(300, damaged.getByte(300) ^ 1);
        channel.writeInbound(from(9, noise), from(9, damaged));
        assertNull(channel.readInbound());
        assertEquals(0, noise.refCnt());
        assertEquals(0, damaged.refCnt());
        assertEquals(1, handler.count(WireReason.NOT_FORESHARD));
        assertEquals(1, handler.count(WireReason.PAYLOAD_CORRUPT));
        channel.finishAndReleaseAll();
    }

    @Test
    void failsWhatIsUnfinishedWhenItStalls() {
        EmbeddedChannel channel = new EmbeddedChannel(handler());
        channel.freezeTime();
        ByteBuf packet = new TestMessage(1, 5_000, 600, 16).packet(0, 0);
        channel.writeInbound(from(9, packet));
        channel.advanceTimeBy(9_990, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertEquals(0, failures.size());
        channel.advanceTimeBy(20, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertEquals(1, failures.size());
        assertEquals(RejectReason.STALLED, failures.get(0).reason());
        assertEquals(0, packet.refCnt());
        channel.finishAndReleaseAll();
    }

    @Test
    void releasesWhatIsUnfinishedWhenTheChannelOrTheHandlerGoes() {
        EmbeddedChannel closed = new EmbeddedChannel(handler());
        ByteBuf first = new TestMessage(1, 5_000, 600, 16).packet(0, 0);
        closed.writeInbound(from(9, first));
        closed.close();
        assertEquals(0, first.refCnt());

        ReassemblerHandler handler = handler();
        EmbeddedChannel without = new EmbeddedChannel(handler);
        ByteBuf second = new TestMessage(1, 5_000, 600, 16).packet(0, 0);
        without.writeInbound(from(9, second));
        without.pipeline().remove(handler);
        assertEquals(0, second.refCnt());
        without.finishAndReleaseAll();
        closed.finishAndReleaseAll();
    }

    @Test
    void survivesANextHandlerThatThrows() {
        List<Throwable> caught = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(handler(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ((ReassembledMessage) msg).release();
                throw new IllegalStateException("from the application");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                caught.add(cause);
            }
        });
        channel.writeInbound(from(9, new TestMessage(1, 700, 1144, 16).packet(0, 0)));
        channel.writeInbound(from(9, new TestMessage(2, 700, 1144, 16).packet(0, 0)));
        assertEquals(2, caught.size());
        channel.finishAndReleaseAll();
    }

    @Test
    void makesRoomForANewSenderWhenAllSourcesAreTaken() {
        ReassemblerHandler handler = ReassemblerHandler.builder(
                        Reassembler.builder().hashKeys(1, 2).maxSources(100))
                .validated(sender -> true)
                .build();
        EmbeddedChannel channel = new EmbeddedChannel(handler);
        List<ByteBuf> strangers = new ArrayList<>();
        for (int port = 1; port <= 200; port++) {
            ByteBuf packet = new TestMessage(port, 5_000, 600, 16).packet(0, 0);
            strangers.add(packet);
            channel.writeInbound(from(port, packet));
        }
        assertEquals(0, strangers.get(0).refCnt());
        TestMessage honest = new TestMessage(1, 5_000, 600, 16);
        honest.packets().forEach(packet -> channel.writeInbound(from(1000, packet)));
        ReassembledMessage whole = channel.readInbound();
        assertTrue(honest.isContentOf(whole.content()));
        whole.release();
        channel.finishAndReleaseAll();
        strangers.forEach(packet -> assertEquals(0, packet.refCnt()));
    }

    @Test
    void failsAtBuildWhenTheEngineIsWronglyConfigured() {
        ReassemblerHandlerBuilder builder = ReassemblerHandler.builder(Reassembler.builder());
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals("hashKeys: null (expected: two numbers from SecureRandom)", failure.getMessage());
    }
}

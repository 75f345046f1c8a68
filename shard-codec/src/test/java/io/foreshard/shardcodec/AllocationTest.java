package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing a shard leaves nothing to collect. */
class AllocationTest {

    private static final int ROUNDS = 20_000;
    private static final int PAYLOAD_BYTES = 1144;
    /** A stray object of the virtual machine itself may fall into a round; one byte per packet may not. */
    private static final long TOLERATED_BYTES = ROUNDS / 2;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Without leak detection: it records each access. */
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

    private final List<ByteBuf> buffers = new ArrayList<>();
    private final byte[] bare = new byte[2048];
    private final PacketWriter writer = new PacketWriter();
    private final PacketReader reader = new PacketReader();
    private final ShardHeader header = new ShardHeader()
            .message(1, 70_000, 0, Contract.RELIABLE, 16)
            .block(0, 0, PAYLOAD_BYTES)
            .shard(0, PAYLOAD_BYTES, 0);

    @AfterEach
    void release() {
        buffers.forEach(ByteBuf::release);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readingAndWritingAShardAllocatesNothing(boolean direct) {
        ByteBuf payload = buffer(direct, PAYLOAD_BYTES).writeZero(PAYLOAD_BYTES);
        ByteBuf packet = buffer(direct, 2048);
        assertAllocatesNothing(() -> write(packet, payload));
        assertAllocatesNothing(() -> assertNull(reader.read(packet)));
    }

    /** As datagrams of a batch receive are: slices of one large buffer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readingFromASliceAllocatesNoMoreThanABareHandler(boolean direct) {
        ByteBuf batch = buffer(direct, 4096).writeZero(1000);
        write(batch.slice(1000, 2048), buffer(direct, PAYLOAD_BYTES).writeZero(PAYLOAD_BYTES));
        ByteBuf datagram = batch.slice(1000, WireFormat.SHARD_OVERHEAD_BYTES + PAYLOAD_BYTES);
        assertAllocatesNoMore(
                () -> {
                    datagram.getBytes(0, bare, 0, WireFormat.SHARD_OVERHEAD_BYTES);
                    datagram.getBytes(WireFormat.SHARD_OVERHEAD_BYTES, bare, 0, PAYLOAD_BYTES);
                },
                () -> assertNull(reader.read(datagram)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writingFromACompositeAllocatesNoMoreThanABareHandler(boolean direct) {
        CompositeByteBuf message = new CompositeByteBuf(allocator, direct, 4)
                .addComponent(true, buffer(direct, 700).writeZero(700).retain())
                .addComponent(true, buffer(direct, 700).writeZero(700).retain());
        buffers.add(message);
        ByteBuf packet = buffer(direct, 2048);
        assertAllocatesNoMore(
                () -> {
                    message.getBytes(0, bare, 0, PAYLOAD_BYTES);
                    packet.clear().writeZero(WireFormat.SHARD_OVERHEAD_BYTES).writeBytes(bare, 0, PAYLOAD_BYTES);
                },
                () -> write(packet, message));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readingAnAckAllocatesNothing(boolean direct) {
        AckFrame ack = new AckFrame();
        ByteBuf body = buffer(direct, 2048);
        ack.reset(1, 2, 3, 4);
        ack.addRange(5, 6);
        ack.addBlock(1, 2, 3, AckFrame.BLOCK_REPAIR, 255);
        assertAllocatesNothing(() -> ack.write(body.clear()));
        int length = body.readableBytes();
        assertAllocatesNothing(() -> assertTrue(ack.read(body, 0, length)));
    }

    private void write(ByteBuf packet, ByteBuf payload) {
        packet.clear();
        writer.begin(packet, PacketKind.SHARD, 0, 0, 1, 2, 3);
        writer.shard(packet, header, payload, 0);
    }

    private ByteBuf buffer(boolean direct, int capacity) {
        ByteBuf buffer = direct ? allocator.directBuffer(capacity) : allocator.heapBuffer(capacity);
        buffers.add(buffer);
        return buffer;
    }

    private void assertAllocatesNothing(Runnable packet) {
        assertAllocatesNoMore(() -> {}, packet);
    }

    /** Without Unsafe, as on later JDKs, Netty makes a view for each access to a direct slice: the difference is what is ours. */
    private void assertAllocatesNoMore(Runnable bareHandler, Runnable packet) {
        long bare = allocated(bareHandler, 0, 5);
        long excess = allocated(packet, bare + TOLERATED_BYTES - 1, 40) - bare;
        assertTrue(excess < TOLERATED_BYTES, excess + " B in " + ROUNDS + " packets");
    }

    /**
     * Takes the least of several rounds, until it is little enough: the compiler may allocate on this thread while it replaces code, and it
     * may come to the views late.
     */
    private long allocated(Runnable packet, long enough, int rounds) {
        run(packet);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < rounds && least > enough; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run(packet);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static void run(Runnable packet) {
        for (int i = 0; i < ROUNDS; i++) {
            packet.run();
        }
    }
}

package io.foreshard.verification.together;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.foreshard.transport.TransportConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Messages over the packet path, some every ten milliseconds; each is to arrive once and whole. */
final class PacketStrand implements Strand {

    private static final int MOST_BYTES = 100_000;
    private static final MessageOptions RELIABLE = MessageOptions.reliable();

    private final Shared shared;
    private final SplittableRandom random = new SplittableRandom(11);
    private final Map<Long, Integer> missing = new ConcurrentHashMap<>();
    private final AtomicLong arrived = new AtomicLong();
    private final ShardEndpoint receiver;
    private final ShardEndpoint sender;
    private final ShardSession session;
    private volatile String fault = "";
    private long number;
    private @Nullable ScheduledFuture<?> turns;

    PacketStrand(Shared shared) throws InterruptedException {
        this.shared = shared;
        receiver = endpoint(shared.receiver(), new SessionListener() {
            @Override
            public void onMessage(ShardSession from, MessageInfo info, ByteBuf message) {
                take(message);
            }
        });
        sender = endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new SessionListener() {
            @Override
            public void onMessage(ShardSession from, MessageInfo info, ByteBuf message) {
                message.release();
            }
        });
        session = Strand.await(sender.connect(receiver.localAddress()));
    }

    private ShardEndpoint endpoint(InetSocketAddress local, SessionListener listener) throws InterruptedException {
        return Strand.await(ShardEndpoint.builder(shared.group())
                .allocator(shared.allocator())
                .localAddress(local)
                .config(TransportConfig.builder()
                        .telemetrySource(shared.telemetry())
                        .build())
                .listener(listener)
                .bind());
    }

    private void take(ByteBuf message) {
        long id = message.readLong();
        Integer hash = missing.remove(id);
        if (hash == null || hash != ByteBufUtil.hashCode(message)) {
            fault = "message " + id + " came twice, or not as it was sent";
        }
        message.release();
        arrived.incrementAndGet();
    }

    @Override
    public void start() {
        turns = shared.group().next().scheduleAtFixedRate(this::send, 10, 10, TimeUnit.MILLISECONDS);
    }

    private void send() {
        ByteBuf message = shared.allocator().buffer();
        byte[] content = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(content);
        message.writeLong(++number).writeBytes(content);
        missing.put(number, ByteBufUtil.hashCode(message.slice(Long.BYTES, content.length)));
        session.send(message, RELIABLE);
    }

    @Override
    public void finish() throws InterruptedException {
        if (turns != null) {
            turns.cancel(false);
        }
        for (int i = 0; i < 200 && !missing.isEmpty(); i++) {
            Thread.sleep(50);
        }
        if (!missing.isEmpty() && fault.isEmpty()) {
            fault = missing.size() + " messages did not come";
        }
    }

    @Override
    public long rounds() {
        return arrived.get();
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public void close() throws InterruptedException {
        Strand.await(sender.close());
        Strand.await(receiver.close());
    }
}

package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardPlannerTest {

    private final Path path = new Path(
            0,
            Carrier.DATAGRAM,
            new InetSocketAddress("192.0.2.1", 1),
            1200,
            1_000_000,
            TransportConfig.defaults().gate("path"),
            0);
    private final ShardPlanner planner = new ShardPlanner(
            FixedShardPolicy.pathSized(),
            PlanListener.NOOP,
            new ReasonCounters<>(TransportReason.class, EngineObserver.NOOP));

    @ParameterizedTest
    @CsvSource({
        "60000, 16, 'one block anyway'",
        "65536, 17, 'the trailer alone is no block'",
        "66600, 17, 'nor is one shard'",
        "67000, 16, 'two shards are'",
        "131072, 16, 'in the smallest shards this would not fit one block'"
    })
    void aShardMoreThanABlockDoesNotMakeAnother(int bytes, int exponent, String why) {
        OutboundMessage message = new OutboundMessage(
                Unpooled.wrappedBuffer(new byte[bytes]),
                MessageOptions.reliable(),
                ImmediateEventExecutor.INSTANCE.newPromise(),
                (timedOut, now) -> {});
        assertEquals(exponent, planner.plan(message, path, 0), why);
        message.close();
    }
}

package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ServerSideTest {

    private final Traffic traffic = new Traffic();
    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel back = new EmbeddedChannel(new ServerSide(client, traffic));

    @Test
    void passesAnswersBackAndCountsThem() {
        back.writeInbound(Unpooled.buffer().writeLong(42));
        ByteBuf passed = client.readOutbound();
        assertEquals(42, passed.readLong());
        passed.release();
        assertEquals(8, traffic.returnedBytes());
    }

    @Test
    void readsNoMoreFromTheClientWhileTheWayToTheServerIsFull() {
        back.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        back.runPendingTasks();
        assertFalse(client.config().isAutoRead());
        back.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        back.runPendingTasks();
        assertTrue(client.config().isAutoRead());
    }

    @Test
    void aServerThatIsGoneEndsTheConnectionOfItsClient() {
        back.close();
        assertFalse(client.isOpen());
    }
}

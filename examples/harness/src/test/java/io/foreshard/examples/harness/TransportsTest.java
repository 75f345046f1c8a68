package io.foreshard.examples.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TransportsTest {

    @Test
    void handsOutWhatWasStartedAndSaysWhyItWasNot() throws IOException {
        assertEquals("it", Transports.started(ImmediateEventExecutor.INSTANCE.newSucceededFuture("it")));
        IOException failed = assertThrows(
                IOException.class,
                () -> Transports.started(
                        ImmediateEventExecutor.INSTANCE.newFailedFuture(new IOException("port is taken"))));
        assertTrue(failed.getMessage().contains("port is taken"), failed.getMessage());
    }

    @Test
    void loopsEndWithTheProgram() {
        EventLoopGroup group;
        try (Cleanup cleanup = new Cleanup("test")) {
            group = Transports.group(1, cleanup);
        }
        assertTrue(group.isShuttingDown());
    }
}

package io.foreshard.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.reassembler.MessageInfo;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.telemetry.probe.TelemetryAgent;
import io.foreshard.telemetry.probe.TelemetryAgentBuilder;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.foreshard.transport.TransportConfig;
import io.foreshard.transport.TransportConfigBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What an agent measures reaches the outlook of a session that sends nothing itself. */
class AgentInPacketPathTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMillis(60);

    private final Simulation simulation = new Simulation(1);
    private final SimulatedNode client = simulation.addNode("10.0.0.1", 1);
    private final SimulatedNode server = simulation.addNode("10.0.0.2", 1);
    private final SimulatedNode elsewhere = simulation.addNode("10.0.0.3", 1);

    /** The reflector stands elsewhere, so that the agent's round trips cannot be taken for the session's own. */
    @Test
    void whatTheAgentMeasuredIsInTheOutlookOfASessionThatHasNothingToSend() {
        simulation.connect(client, server, Impairment.builder().delay(SHORT).build());
        simulation.connect(client, elsewhere, Impairment.builder().delay(LONG).build());
        TelemetryAgent reflecting =
                await(agent(elsewhere).reflectAt(elsewhere.address(862)).start());
        TelemetryAgent probing = await(agent(client)
                .destination(server.address(4000), elsewhere.address(862))
                .start());
        simulation.runFor(Duration.ofSeconds(2));
        ShardEndpoint serving = endpoint(server, 4000, TransportConfig.builder());
        ShardEndpoint alone = endpoint(client, 4000, TransportConfig.builder());
        ShardEndpoint informed =
                endpoint(client, 4001, TransportConfig.builder().telemetrySource(probing));
        ShardSession without = await(alone.connect(server.address(4000)));
        ShardSession with = await(informed.connect(server.address(4000)));
        simulation.runFor(Duration.ofMillis(1500));
        PathOutlook own = without.outlook();
        PathOutlook told = with.outlook();
        assertEquals(2.0 * SHORT.toNanos(), (double) own.latencyNanos(), 5_000_000);
        assertEquals(2.0 * LONG.toNanos(), (double) told.latencyNanos(), 5_000_000);
        for (Future<Void> closing :
                List.of(alone.close(), informed.close(), serving.close(), probing.close(), reflecting.close())) {
            simulation.await(closing, LIMIT);
        }
        simulation.close();
    }

    private static TelemetryAgentBuilder agent(SimulatedNode node) {
        return TelemetryAgent.builder(node.eventLoopGroup())
                .datagramChannelFactory(node.datagramChannelFactory())
                .localAddress(node.address())
                .interval(Duration.ofMillis(100))
                .random(new SplittableRandom(1));
    }

    private ShardEndpoint endpoint(SimulatedNode node, int port, TransportConfigBuilder config) {
        return await(ShardEndpoint.builder(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory())
                .localAddress(node.address(port))
                .config(config.build())
                .listener(new SessionListener() {
                    @Override
                    public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
                        message.release();
                    }
                })
                .bind());
    }

    private <T> T await(Future<T> future) {
        T result = simulation.await(future, LIMIT);
        assertNotNull(result);
        return result;
    }
}

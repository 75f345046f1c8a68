package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import io.foreshard.examples.harness.NamespaceCable;
import io.foreshard.examples.harness.Pause;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Starts the two servers, each at the end of a path. Stateless. */
final class Sites {

    private static final int CONNECT_MILLIS = 200;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private Sites() {}

    /**
     * Starts both.
     *
     * @param relays an NIO group for paths that are relays
     * @param cleanup owns what is started, also when this fails half-way
     */
    static List<Site> start(Scenario scenario, EventLoopGroup relays, Cleanup cleanup) throws IOException {
        if (scenario.namespaces()) {
            NamespaceCable.removeLeftovers();
        }
        Optional<Path> nginx = Commands.isRoot() ? Commands.find("nginx") : Optional.empty();
        return List.of(
                steady(nginx, way(0, scenario, relays, cleanup), cleanup),
                slowing(way(1, scenario, relays, cleanup), cleanup));
    }

    private static Way way(int index, Scenario scenario, EventLoopGroup relays, Cleanup cleanup) throws IOException {
        return scenario.namespaces()
                ? NamespaceWay.lay(index, scenario, cleanup)
                : new RelayWay(relays, scenario, cleanup);
    }

    private static Site steady(Optional<Path> nginx, Way way, Cleanup cleanup) throws IOException {
        if (nginx.isEmpty()) {
            return site(JdkBackend.start("JDK server 1", way.place(), cleanup), way, null);
        }
        Place place = way.isKernel() ? way.place() : RelayWay.withPort(way.place());
        return site(NginxBackend.start("nginx", place, nginx.get(), cleanup), way, null);
    }

    private static Site slowing(Way way, Cleanup cleanup) throws IOException {
        JdkBackend backend = JdkBackend.start("JDK server", way.place(), cleanup);
        return site(backend, way, backend::slowDown);
    }

    private static Site site(Backend backend, Way way, @Nullable DoubleConsumer slowing) throws IOException {
        awaitListening(backend);
        return new Site(backend, way, way.leadTo(backend.address()), slowing);
    }

    private static void awaitListening(Backend backend) throws IOException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(backend.address(), CONNECT_MILLIS);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > giveUp) {
                    throw new IOException(backend.name() + " does not listen at " + backend.address(), notYet);
                }
                Pause.millis(20);
            }
        }
    }
}

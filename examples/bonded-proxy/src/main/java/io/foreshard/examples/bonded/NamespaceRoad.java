package io.foreshard.examples.bonded;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import io.foreshard.examples.harness.NamespaceCable;
import io.foreshard.examples.harness.TokenBucket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A relay as a process in a network namespace of its own, behind a virtual cable with a token bucket filter on the way to us. */
final class NamespaceRoad implements Road {

    private static final int PORT = 4_000;
    private static final int BURST_BYTES = 16_000;
    private static final int QUEUE_BYTES = 64_000;

    private final NamespaceCable cable;
    private final long bytesPerSecond;
    private @Nullable Process process;

    private NamespaceRoad(NamespaceCable cable, Scenario scenario) {
        this.cable = cable;
        bytesPerSecond = scenario.bytesPerSecond();
    }

    static NamespaceRoad lay(int index, Scenario scenario, Cleanup cleanup) throws IOException {
        NamespaceCable cable = NamespaceCable.lay(index, cleanup);
        // All relays find the egress at one address, that of the first cable.
        cable.routeAllToNear();
        NamespaceRoad road = new NamespaceRoad(cable, scenario);
        cleanup.add(road::end);
        road.limit(road.bytesPerSecond);
        road.restore();
        return road;
    }

    private void limit(long rate) throws IOException {
        cable.limitToNear(new TokenBucket(rate, BURST_BYTES, QUEUE_BYTES));
    }

    /** Returns our end of the cable. */
    String nearAddress() {
        return cable.nearAddress();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(cable.farAddress(), PORT);
    }

    @Override
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    @Override
    public void restore() throws IOException {
        List<String> relay = Commands.java(List.of("-Xmx64m"), RelayProcess.class, Integer.toString(PORT));
        Process started = new ProcessBuilder(cable.inside(relay))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        BufferedReader said =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(said.readLine())) {
            throw new IOException("the relay at " + address() + " did not start");
        }
    }

    @Override
    public void slow() throws IOException {
        limit(bytesPerSecond / Scenario.SLOWNESS);
    }

    private void end() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
        }
    }
}

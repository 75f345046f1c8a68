package io.foreshard.flowshaper.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowIdentityTest {

    private static final int ROUNDS = 40;

    private final Lane lane = new Bench().lanes.get(0);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long threadId = Thread.currentThread().getId();
    private final FlowTable table = new FlowTable(new FlowHash(7), 1000, 1000);

    @Test
    void everyPartOfTheTupleTellsFlowsApart() throws Exception {
        List<FlowKey> keys = List.of(
                key(17, "10.0.0.1", 1, "10.0.0.2", 2),
                key(6, "10.0.0.1", 1, "10.0.0.2", 2),
                key(17, "10.0.0.3", 1, "10.0.0.2", 2),
                key(17, "10.0.0.1", 3, "10.0.0.2", 2),
                key(17, "10.0.0.1", 1, "10.0.0.3", 2),
                key(17, "10.0.0.1", 1, "10.0.0.2", 3),
                key(17, "10.0.0.2", 2, "10.0.0.1", 1),
                key(17, "2001:db8::1", 1, "2001:db8::2", 2),
                key(17, "2001:db8::1:0:0:1", 1, "2001:db8::2", 2),
                key(17, "2001:db8::1", 1, "2001:db8::3", 2),
                // An IPv6 address whose lower half is an IPv4 address's number.
                key(17, "::10.0.0.1", 1, "::10.0.0.2", 2));
        List<Flow> flows = new ArrayList<>();
        for (FlowKey key : keys) {
            assertNull(table.get(lane, key));
            Flow flow = new Flow(lane, key);
            assertTrue(table.add(flow));
            flows.add(flow);
        }
        for (int index = 0; index < keys.size(); index++) {
            assertSame(flows.get(index), table.get(lane, keys.get(index)));
        }
    }

    @Test
    void lanesHaveFlowsOfTheirOwn() throws Exception {
        FlowKey key = key(17, "10.0.0.1", 1, "10.0.0.2", 2);
        table.add(new Flow(lane, key));
        assertNull(table.get(new Bench().lanes.get(0), key));
    }

    @Test
    void anAddressWithoutANumberIsNoError() {
        InetSocketAddress none = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        table.add(new Flow(lane, new FlowKey().wrap(FlowKey.TCP, none, none)));
        assertEquals(1, table.size());
    }

    @Test
    void offeringAndReleasingAllocatesNothing() throws Exception {
        Object message = new Object();
        Bench bench = new Bench().rate(1e9);
        Lane quiet = bench.scheduler.openLane(bench.bottleneck, 0, new Discard());
        FlowKey key = new FlowKey();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = allocated();
            for (int packet = 0; packet < 10_000; packet++) {
                bench.now += 1000;
                key.wrapIpv4(FlowKey.UDP, packet & 255, 4000, 0x0a000002, 80);
                quiet.offer(key, message, null, 1000, 1000, bench.now - 900);
                if (packet % 64 == 0) {
                    bench.scheduler.run(bench.now);
                }
            }
            least = Math.min(least, allocated() - before);
        }
        assertEquals(0, least, "bytes for 10 000 packets");
    }

    private static final class Discard implements Outlet {
        @Override
        public void release(Object message, Object attachment) {
            assertTrue(attachment == null);
        }

        @Override
        public void drop(Object message, Object attachment, ShaperReason reason) {
            throw new AssertionError(reason);
        }
    }

    private long allocated() {
        return threads.getThreadAllocatedBytes(threadId);
    }

    private static FlowKey key(int protocol, String source, int sourcePort, String destination, int destinationPort)
            throws UnknownHostException {
        return new FlowKey().wrap(protocol, address(source, sourcePort), address(destination, destinationPort));
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }
}

package io.foreshard.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.addrsharding.engine.EngineReason;
import io.foreshard.addrsharding.engine.HandOutReason;
import io.foreshard.addrsharding.spi.PrefetchReason;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.Reason;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.accept.AcceptReason;
import io.foreshard.flowsharder.relay.RelayReason;
import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.PlacementConcession;
import io.foreshard.flowsharder.spi.PlanReason;
import io.foreshard.forecast.series.IngestReason;
import io.foreshard.reassembler.ReassemblyReason;
import io.foreshard.stackvirt.buffer.BufferReason;
import io.foreshard.stackvirt.manager.ManagerReason;
import io.foreshard.stackvirt.mux.MuxReason;
import io.foreshard.stackvirt.scaling.ResourceReason;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.traffic.ForecastReason;
import io.foreshard.stackvirt.virtualizer.VirtualizerReason;
import io.foreshard.telemetry.TelemetryReason;
import io.foreshard.telemetry.probe.ProbeReason;
import io.foreshard.transport.TransportReason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages that operators read say what the enums say. */
@Tag("build")
class OperatorTableTest {

    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| [^|]+ \\| ([^|]+) \\|");

    @Test
    void everyReasonStandsInTheTableWithItsAction() throws IOException {
        assertEquals(actions(TransportReason.values()), table("packet-sharding.md", "### Transport"));
        assertEquals(actions(GateReason.values()), table("packet-sharding.md", "### Gates"));
        assertEquals(actions(ReassemblyReason.values()), table("packet-sharding.md", "### Reassembly"));
        assertEquals(actions(ShaperReason.values()), table("flow-shaper.md", "### What the counters mean"));
        assertEquals(actions(FlowSharderReason.values()), table("flow-sharder.md", "### What the counters mean"));
        assertEquals(
                actions(AcceptReason.values()),
                table("flow-sharder.md", "### What the counters of SOCKS5 and HTTP CONNECT mean"));
        assertEquals(actions(RelayReason.values()), table("flow-sharder.md", "### What the relay's counters mean"));
        assertEquals(
                actions(PlacementConcession.values()), table("flow-sharder.md", "### What a placement had to give up"));
        assertEquals(actions(PlanReason.values()), table("flow-sharder.md", "### Why a flow has as many shards"));
        assertEquals(actions(MoveReason.values()), table("flow-sharder.md", "### Why shards move"));
        assertEquals(actions(IngestReason.values()), table("forecasting.md", "### What the counters mean"));
        assertEquals(actions(ProbeReason.values()), table("telemetry.md", "### What the probes' counters mean"));
        assertEquals(actions(TelemetryReason.values()), table("telemetry.md", "## What the counters mean"));
        assertEquals(actions(HandOutReason.values()), table("address-sharding.md", "## What the counters mean"));
        assertEquals(
                actions(EngineReason.values()), table("address-sharding.md", "### What went wrong around the engine"));
        assertEquals(
                actions(RefusalReason.values()),
                table("address-sharding.md", "### Why no shard was assigned or changed"));
        assertEquals(
                actions(PrefetchReason.values()), table("address-sharding.md", "### Why stock is as it is planned"));
        assertEquals(actions(MuxReason.values()), table("stack-virtualization.md", "### What became of messages"));
        assertEquals(
                actions(StackFailure.values()), table("stack-virtualization.md", "### What went wrong with stacks"));
        assertEquals(actions(ManagerReason.values()), table("stack-virtualization.md", "### What the manager did"));
        assertEquals(
                actions(ScalingReason.values()),
                table("stack-virtualization.md", "### Why there are as many stacks as planned"));
        assertEquals(
                actions(ResourceReason.values()), table("stack-virtualization.md", "### Why limits of stacks change"));
        assertEquals(
                actions(VirtualizerReason.values()), table("stack-virtualization.md", "### What the loop met with"));
        assertEquals(
                actions(ForecastReason.values()),
                table("stack-virtualization.md", "### Why a forecaster was left out"));
        assertEquals(actions(BufferReason.values()), table("stack-virtualization.md", "### Buffers"));
    }

    private static Map<String, String> actions(Reason... reasons) {
        Map<String, String> actions = new TreeMap<>();
        Arrays.stream(reasons).forEach(reason -> actions.put(reason.name(), reason.operatorAction()));
        return actions;
    }

    private static Map<String, String> table(String page, String heading) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (Stream<String> lines =
                Files.lines(SourceTree.here().root().resolve("docs").resolve(page))) {
            lines.dropWhile(line -> !line.equals(heading))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("#"))
                    .map(ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> rows.put(row.group(1), row.group(2)));
        }
        return rows;
    }
}

package io.foreshard.jmh.striping.placement;

import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.NodeLoad;
import io.foreshard.flowsharder.placement.HotColdPlacement;
import io.foreshard.flowsharder.placement.LoadForecasts;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementRequest;
import io.foreshard.forecast.OnlineForecaster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Ours: the shipped placement with all nodes as candidates, on the probes that all policies get; what one ingress knows by them is forecast each
 * second, with a forecaster that is told the length of the cycle that there may be.
 */
final class ForeshardChooser implements Chooser {

    private static final int CANDIDATES = PlacementRun.NODES;
    /** What is placed takes about half as long on average, some of it longer. */
    private static final int HORIZON_SECONDS = 4;

    private final SplittableRandom random;
    private final List<Node> nodes;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final HotColdPlacement placement =
            HotColdPlacement.builder().candidatesPerShard(CANDIDATES).build();
    private final LoadForecasts forecasts;

    ForeshardChooser(int count, GateMode gate, SplittableRandom random) {
        this.random = random;
        this.nodes = IntStream.range(0, count)
                .mapToObj(i -> Node.of("n" + i, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000 + i)))
                .toList();
        nodes.forEach(node -> numbers.put(node.id(), numbers.size()));
        this.forecasts = LoadForecasts.builder(node -> OnlineForecaster.builder()
                        .periods(Condition.PERIOD_SECONDS)
                        .build())
                .horizonSteps(HORIZON_SECONDS)
                .gateMode(gate)
                .seed(random.nextLong())
                .build();
    }

    @Override
    public void second(double now, View view) {
        forecasts.step(
                (long) (now * 1e9),
                states(i -> state(view, i)),
                node -> view.ownLoad(numbers.getOrDefault(node.id(), 0)));
    }

    private List<NodeState> states(IntFunction<NodeState> state) {
        return IntStream.range(0, nodes.size()).mapToObj(state).toList();
    }

    private NodeState state(View view, int i) {
        NodeLoad load = new NodeLoad(Double.NaN, Double.NaN, view.load(i), (long) (view.ageSeconds(i) * 1e9), 1);
        NodeMetrics metrics =
                new NodeMetrics(load, Double.NaN, Double.NaN, view.inFlight(i), view.secondsPerUnit(i) * 1e9);
        return new NodeState(nodes.get(i), NodeStatus.UP, metrics, Double.NaN);
    }

    @Override
    public int choose(View view) {
        List<NodeState> states = states(i -> forecasts.expecting(state(view, i), view.ownLoad(i)));
        Placement chosen = placement.place(new PlacementRequest(random.nextLong(), states, 1));
        return numbers.getOrDefault(chosen.nodes().get(0).id(), 0);
    }

    @Override
    public int slot() {
        return forecasts.slot();
    }

    @Override
    public void ended(int slot, double secondsPerUnit) {
        forecasts.score(slot, secondsPerUnit);
    }

    GateReport report() {
        return forecasts.report();
    }
}

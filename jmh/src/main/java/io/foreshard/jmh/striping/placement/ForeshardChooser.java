package io.foreshard.jmh.striping.placement;

import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.NodeLoad;
import io.foreshard.flowsharder.placement.HotColdPlacement;
import io.foreshard.flowsharder.placement.LoadForecasts;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementRequest;
import io.foreshard.forecast.OnlineForecaster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Ours: the shipped placement with all nodes as candidates, and loads sampled and forecast each second; the forecaster is
 * told the length of the cycle that there may be.
 */
final class ForeshardChooser implements Chooser {

    private static final int CANDIDATES = PlacementRun.NODES;
    /** What is placed takes about as long. */
    private static final int HORIZON_SECONDS = 2;

    private final SplittableRandom random;
    private final List<Node> nodes;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final HotColdPlacement placement =
            HotColdPlacement.builder().candidatesPerShard(CANDIDATES).build();
    private final LoadForecasts forecasts;
    private final double[] expected;

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
        this.expected = new double[count];
        Arrays.fill(expected, Double.NaN);
    }

    @Override
    public void second(double now, List<SharedNode> fleet) {
        List<NodeState> seen = IntStream.range(0, fleet.size())
                .mapToObj(i -> NodeState.up(nodes.get(i))
                        .with(NodeMetrics.UNKNOWN.withLoad(new NodeLoad(
                                Double.NaN, Double.NaN, fleet.get(i).load(), 0, 1))))
                .toList();
        List<NodeState> states = forecasts.step(
                (long) (now * 1e9), seen, node -> fleet.get(number(node)).ownLoad());
        Arrays.setAll(expected, i -> states.get(i).expectedLoad());
    }

    private int number(Node node) {
        return numbers.getOrDefault(node.id(), 0);
    }

    @Override
    public int choose(View view) {
        List<NodeState> states = IntStream.range(0, nodes.size())
                .mapToObj(i -> NodeState.up(nodes.get(i))
                        .with(NodeMetrics.of(view.inFlight(i), view.secondsPerUnit(i) * 1e9)
                                .withLoad(new NodeLoad(Double.NaN, Double.NaN, view.load(i), view.age(i), 1)))
                        .expecting(expected[i]))
                .toList();
        Placement chosen = placement.place(new PlacementRequest(random.nextLong(), states, 1));
        return number(chosen.nodes().get(0));
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

package io.foreshard.jmh.striping;

import com.dynatrace.hash4j.consistent.ConsistentBucketHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;
import io.foreshard.flowsharder.placement.BoundedLoad;
import io.foreshard.flowsharder.placement.RendezvousTable;
import io.foreshard.flowsharder.spi.Node;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Choosing 3 of 100 nodes of weights 1 to 4 in 10 racks, some of them full; and one bucket of 100, all alike, by hash4j.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PickBenchmark {

    private static final int NODES = 100;
    private static final int COUNT = 3;
    private static final int KEYS = 1 << 16;
    private static final int ASSIGNED = 10_000;

    private final long[] keys = new SplittableRandom(1).longs(KEYS).toArray();
    private final List<Node> nodes = nodes();
    private final RendezvousTable table = RendezvousTable.of(nodes);
    private final BoundedLoad load = new BoundedLoad(nodes, BoundedLoad.DEFAULT_ABOVE_MEAN);
    private final ConsistentBucketHasher jumpBack = ConsistentHashing.jumpBackHashSplitMix64();
    private final int[] chosen = new int[COUNT];
    private int next;

    /** Returns the nodes of the benchmark. */
    static List<Node> nodes() {
        return IntStream.range(0, NODES)
                .mapToObj(i -> new Node(
                        "node-" + i,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000 + i),
                        1 + i % 4,
                        "rack-" + i / 10,
                        ""))
                .toList();
    }

    /** Loads the nodes as keys would, and fills each tenth. */
    @Setup
    public void load() {
        for (int i = 0; i < ASSIGNED; i++) {
            table.pick(keys[i], 1, load, chosen);
            load.add(chosen[0], 1);
        }
        for (int i = 0; i < NODES; i += 10) {
            while (!load.isFull(i)) {
                load.add(i, 1);
            }
        }
    }

    /** Picks. */
    @Benchmark
    public int pick() {
        return table.pick(keys[next++ & (KEYS - 1)], COUNT, load, chosen) + chosen[COUNT - 1];
    }

    /** Picks one of unweighted, unbounded buckets. */
    @Benchmark
    public int jumpBackHash() {
        return jumpBack.getBucket(keys[next++ & (KEYS - 1)], NODES);
    }

    /** Builds the table anew. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public RendezvousTable rebuild() {
        return RendezvousTable.of(nodes);
    }
}

package io.foreshard.jmh.addresses;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.PrefixBlockAllocator;
import inet.ipaddr.ipv4.IPv4Address;
import io.foreshard.addrsharding.space.BuddySpace;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A shard given back at random and another assigned, in a space that stays as full as it is. Which ones are given back is read before, some
 * at a time: else what is measured is how long the caller's own list takes to come from memory. Beside it /24 after /24 out of a /8 by the library
 * ipaddress, which cannot take anything back and begins anew when all are gone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ShardOpsBenchmark {

    private static final int BATCH = 64;
    private static final int BATCHES = 1 << 14;

    /** State of ours. */
    @State(Scope.Thread)
    public static class Space {

        /** How many units there are. */
        @Param({"65536", "16777216"})
        public int units;

        /** Which part of them is assigned. */
        @Param({"0.5", "0.95"})
        public double fill;

        private BuddySpace space = BuddySpace.ofFree(1);
        private int[] assigned = {};
        private int[] choices = {};
        private final int[] batch = new int[BATCH];
        private int next;

        /** Assigns all, gives back at random what is to be free, and lets as many change hands as there are. */
        @Setup(Level.Trial)
        public void fill() {
            SplittableRandom random = new SplittableRandom(1);
            space = BuddySpace.ofFree(units);
            int[] all = new int[units];
            for (int i = 0; i < units; i++) {
                all[i] = space.assign(0);
            }
            int kept = (int) (units * fill);
            for (int i = units; i > kept; i--) {
                int chosen = random.nextInt(i);
                space.release(all[chosen], 0);
                all[chosen] = all[i - 1];
            }
            assigned = Arrays.copyOf(all, kept);
            choices = random.ints(BATCHES * BATCH, 0, kept / BATCH).toArray();
            for (int i = 0; i < kept; i += BATCH) {
                exchange();
            }
        }

        /** Each choice is out of another part, so that none is made twice in a batch. */
        int exchange() {
            int first = next++ % BATCHES * BATCH;
            int part = assigned.length / BATCH;
            for (int i = 0; i < BATCH; i++) {
                batch[i] = assigned[i * part + choices[first + i]];
            }
            for (int i = 0; i < BATCH; i++) {
                space.release(batch[i], 0);
                batch[i] = space.assign(0);
            }
            for (int i = 0; i < BATCH; i++) {
                assigned[i * part + choices[first + i]] = batch[i];
            }
            return batch[0];
        }
    }

    /** State of the library. */
    @State(Scope.Thread)
    public static class Library {

        private PrefixBlockAllocator<IPv4Address> blocks = new PrefixBlockAllocator<>();

        /** Begins with a /8. */
        @Setup(Level.Trial)
        public void begin() {
            blocks = new PrefixBlockAllocator<>();
            blocks.addAvailable(new IPAddressString("10.0.0.0/8").getAddress().toIPv4());
        }
    }

    /** Gives back and assigns. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int releaseAndAssign(Space state) {
        return state.exchange();
    }

    /** Assigns only. */
    @Benchmark
    public IPAddress prefixBlockAllocator(Library state) {
        IPv4Address block = state.blocks.allocateBitLength(8);
        if (block == null) {
            state.begin();
            block = state.blocks.allocateBitLength(8);
        }
        return block;
    }
}

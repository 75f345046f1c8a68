package io.foreshard.stackvirt.mux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whatever stacks, ports and the manager do, each message gets one result, and every buffer and budget is given back. */
class ExactlyOneResultTest {

    @Test
    void eachMessageGetsOneResult() {
        Property.named("each message gets one result").runs(150).maxSize(400).check((random, size) -> {
            boolean keys = random.nextBoolean();
            int attempts = 1 + random.nextInt(3);
            int inFlight = 1 + random.nextInt(8);
            int waiting = random.nextInt(60);
            try (MuxRig rig = new MuxRig(
                    random.nextLong(),
                    kind -> {
                        kind.idempotent(attempts).maxInFlight(inFlight).maxWaiting(waiting, 8000);
                        kind.abandonAfter(Duration.ofMillis(200));
                        return keys ? kind.affinity(AffinityKey.NETWORKS, 5) : kind;
                    },
                    mux -> mux.maxMessages(64))) {
                for (int step = 0; step < size; step++) {
                    act(rig, random);
                }
                boolean closesEarly = random.nextInt(4) == 0;
                if (!closesEarly) {
                    rig.runFor(Duration.ofSeconds(2));
                    // Nothing hangs in a line for ever.
                    assertTrue(
                            rig.set.statistics().waiting() == 0,
                            () -> rig.set.statistics().toString());
                }
            }
        });
    }

    private static void act(MuxRig rig, SeededRandom random) {
        switch (random.nextInt(16)) {
            case 0 -> rig.stack();
            case 1 -> rig.coming();
            case 2 -> rig.runFor(Duration.ofMillis(random.nextInt(40)));
            case 3, 4 -> {
                if (!rig.stacks.isEmpty()) {
                    misbehave(rig, random.pick(rig.stacks), random);
                }
            }
            case 5, 6 -> {
                if (!rig.stacks.isEmpty()) {
                    manage(rig, random.pick(rig.stacks), random);
                }
            }
            case 7, 8 -> rig.runFor(Duration.ofNanos(random.nextInt(2_000_000)));
            default -> {
                int burst = random.nextInt(10) == 0 ? 100 : 1 + random.nextInt(4);
                for (int i = 0; i < burst; i++) {
                    rig.send(
                            rig.port,
                            random.nextInt(50) == 0 ? 1 : MuxRig.PROTOCOL,
                            random.nextInt(8),
                            random.nextInt(30) == 0 ? 100_000 : 8 + random.nextInt(400),
                            Duration.ofNanos(random.nextInt(100_000_000)));
                }
            }
        }
    }

    private static void misbehave(MuxRig rig, FakeStack stack, SeededRandom random) {
        switch (random.nextInt(8)) {
            case 0 -> stack.hangs = true;
            case 1 -> rig.onLoop(stack::recover);
            case 2 -> stack.refuses = !stack.refuses;
            case 3 -> stack.serviceNanos = 1000L + random.nextInt(50_000_000);
            case 4 -> rig.onLoop(stack::exit);
            case 5 ->
                rig.onLoop(() -> stack.listener()
                        .onReply(
                                (1L << 50) + random.nextInt(100),
                                rig.allocator.buffer(8).writeLong(-1)));
            case 6 -> stack.takesNothing = !stack.takesNothing;
            default -> {
                stack.isFull = !stack.isFull;
                rig.onLoop(stack.listener()::onWritable);
            }
        }
    }

    private static void manage(MuxRig rig, FakeStack stack, SeededRandom random) {
        switch (random.nextInt(7)) {
            case 0 -> rig.onLoop(() -> rig.set.suspend(stack.id));
            case 1, 2 -> rig.onLoop(() -> rig.set.resume(stack.id));
            case 3 -> rig.onLoop(() -> rig.set.drain(stack.id));
            case 4 -> rig.onLoop(() -> rig.set.remove(stack.id));
            case 5 -> rig.onLoop(() -> rig.set.credits(stack.id, random.nextInt(3000)));
            default -> rig.onLoop(stack::open);
        }
    }
}

package io.foreshard.stackvirt.mux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffinityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static MuxRig rig(int keys) {
        return new MuxRig(1, kind -> kind.affinity(AffinityKey.NETWORKS, keys));
    }

    @Test
    void messagesOfAKeyGoToOneStackInTheirOrder() {
        try (MuxRig rig = rig(100)) {
            FakeStack one = rig.stack();
            FakeStack other = rig.stack();
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                long message = rig.sendFrom(i % 10, PATIENCE);
                if (i % 10 == 3) {
                    mine.add(message);
                }
            }
            rig.runFor(PATIENCE);
            List<Long> seen = new ArrayList<>(one.seen.contains(mine.get(0)) ? one.seen : other.seen);
            seen.retainAll(mine);
            assertEquals(mine, seen);
            assertTrue(!one.seen.isEmpty() && !other.seen.isEmpty());
            assertEquals(200, rig.set.statistics().replies());
        }
    }

    @Test
    void aDrainingStackGivesItsKeysAwayAfterItHasAnswered() {
        try (MuxRig rig = rig(100)) {
            FakeStack going = rig.stack();
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(rig.sendFrom(7, PATIENCE));
            }
            rig.runFor(Duration.ofMillis(3));
            FakeStack coming = rig.stack();
            rig.onLoop(() -> rig.set.drain(going.id));
            sent.add(rig.sendFrom(7, PATIENCE));
            rig.runFor(Duration.ofNanos(100_000));
            assertEquals(List.of(), coming.seen, "the first one has not answered yet");
            rig.runFor(PATIENCE);
            List<Long> seen = new ArrayList<>(going.seen);
            seen.addAll(coming.seen);
            assertEquals(sent, seen);
            assertTrue(sent.stream().allMatch(rig::isAnswered));
            assertEquals(List.of("drained"), going.events);
            assertEquals(1, rig.count(MuxReason.KEY_MOVED));
        }
    }

    @Test
    void theKeysOfAStackThatIsGoneGoElsewhere() {
        try (MuxRig rig = rig(100)) {
            FakeStack going = rig.stack();
            long first = rig.sendFrom(7, PATIENCE);
            long second = rig.sendFrom(7, PATIENCE);
            rig.runFor(Duration.ofNanos(100_000));
            rig.onLoop(going::exit);
            FakeStack coming = rig.stack();
            rig.runFor(Duration.ofMillis(5));
            assertEquals(MuxRig.refused(MuxReason.STACK_GONE, true), rig.result(first));
            assertTrue(rig.isAnswered(second));
            assertEquals(List.of(second), coming.seen);
        }
    }

    @Test
    void theKeyUnusedLongestIsForgottenForANewOne() {
        try (MuxRig rig = rig(2)) {
            FakeStack stack = rig.stack();
            for (int key = 0; key < 10; key++) {
                rig.sendFrom(key, PATIENCE);
                rig.runFor(Duration.ofMillis(2));
            }
            assertEquals(10, stack.seen.size());
            stack.serviceNanos = 100_000_000;
            rig.sendFrom(20, PATIENCE);
            rig.sendFrom(21, PATIENCE);
            long third = rig.sendFrom(22, PATIENCE);
            rig.runFor(Duration.ofMillis(1));
            assertEquals(MuxRig.refused(MuxReason.KEYS_FULL, false), rig.result(third));
            rig.runFor(PATIENCE);
        }
    }

    @Test
    void aKeyThatCannotBeMadeIsRefused() {
        try (MuxRig rig = new MuxRig(
                1,
                kind -> kind.affinity(
                        (source, destination, message) -> {
                            throw new IllegalStateException("no key");
                        },
                        10))) {
            rig.stack();
            long message = rig.sendFrom(1, PATIENCE);
            rig.runFor(Duration.ofMillis(1));
            assertEquals(MuxRig.refused(MuxReason.NO_KEY, false), rig.result(message));
        }
    }
}

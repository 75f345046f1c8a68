package io.foreshard.simulator.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImpairedLinkTest {

    private static final long START = 5_000_000_000L;
    private static final long MILLI = 1_000_000;

    @Test
    void aPerfectLinkDeliversAtOnce() {
        ImpairedLink link = new ImpairedLink(Impairment.none(), 1, START);
        LinkDecision.Deliver decision = deliver(link, START + 7, 1200);
        assertEquals(START + 7, decision.deliverNanos());
        assertEquals(1200, decision.lengthBytes());
        assertEquals(-1, decision.corruptedBit());
    }

    @Test
    void aDatagramTakesItsServiceTimeAndTheDelay() {
        Impairment impairment = Impairment.builder()
                .rateBytesPerSecond(1_000_000)
                .delay(Duration.ofMillis(20))
                .build();
        ImpairedLink link = new ImpairedLink(impairment, 1, START);
        assertEquals(START + 21 * MILLI, deliver(link, START, 1000).deliverNanos());
        assertEquals(START + 22 * MILLI, deliver(link, START, 1000).deliverNanos());
    }

    @Test
    void longRunThroughputIsTheRate() {
        ImpairedLink link = new ImpairedLink(
                Impairment.builder()
                        .rateBytesPerSecond(3_333_333)
                        .queueBytes(20_000)
                        .build(),
                1,
                START);
        long bytes = 0;
        for (long now = START; now < START + 1_000_000_000L; now += 100_000) {
            bytes += link.offer(now, 1200) instanceof LinkDecision.Deliver ? 1200 : 0;
        }
        assertEquals(3_333_333.0, (double) bytes, 25_000.0);
    }

    @Test
    void aFullQueueDropsAndAnEmptyOneTakesAnyLength() {
        Impairment impairment = Impairment.builder()
                .rateBytesPerSecond(1_000_000)
                .queueBytes(3000)
                .build();
        ImpairedLink link = new ImpairedLink(impairment, 1, START);
        deliver(link, START, 5000);
        assertDropped(DropReason.QUEUE_FULL, link.offer(START, 1));
        assertEquals(5000, link.queuedBytes(START));
        assertEquals(START + 5 * MILLI, link.nextRoomNanos(START));
        assertEquals(0, link.queuedBytes(START + 5 * MILLI));
        deliver(link, START + 5 * MILLI, 3000);
        assertDropped(DropReason.QUEUE_FULL, link.offer(START + 5 * MILLI, 1));
    }

    @Test
    void independentLossMatchesItsProbability() {
        assertEquals(0.07, lossShare(new Loss.Bernoulli(0.07), 200_000), 0.004);
    }

    @Test
    void burstLossMatchesItsShareAndItsMeanBurst() {
        Loss.GilbertElliott model = Loss.GilbertElliott.ofBursts(0.05, 8);
        assertEquals(0.05, model.expectedShare(), 1e-12);
        int count = 1_000_000;
        LossProcess process = model.start(new SplittableRandom(42));
        int lost = 0;
        int bursts = 0;
        boolean before = false;
        for (int i = 0; i < count; i++) {
            boolean now = process.losesNext();
            lost += now ? 1 : 0;
            bursts += now && !before ? 1 : 0;
            before = now;
        }
        assertEquals(0.05, (double) lost / count, 0.004);
        assertEquals(8, (double) lost / bursts, 0.4);
    }

    @Test
    void burstLossWithLossInBothStatesMatchesItsExpectedShare() {
        Loss.GilbertElliott model = new Loss.GilbertElliott(0.01, 0.2, 0.001, 0.6);
        assertEquals(model.expectedShare(), lossShare(model, 1_000_000), 0.002);
    }

    @Test
    void jitterKeepsTheOrderAndReorderingDoesNot() {
        Impairment jitter = Impairment.builder()
                .delay(Duration.ofMillis(10))
                .jitter(Duration.ofMillis(8))
                .build();
        assertEquals(0, overtakings(jitter));
        Impairment reorder =
                jitter.toBuilder().reorder(0.1, Duration.ofMillis(5)).build();
        assertTrue(overtakings(reorder) > 50);
    }

    @Test
    void outagesDropDatagramsAndDelayStreams() {
        Impairment impairment = Impairment.builder()
                .flap(Flap.every(Duration.ofMillis(100), Duration.ofMillis(30)))
                .build();
        ImpairedLink link = new ImpairedLink(impairment, 1, START);
        deliver(link, START + 69 * MILLI, 100);
        assertDropped(DropReason.LINK_DOWN, link.offer(START + 70 * MILLI, 100));
        assertEquals(START + 100 * MILLI, link.offerStream(START + 80 * MILLI, 100));
        assertDropped(DropReason.LINK_DOWN, link.offer(START + 99 * MILLI, 100));
        deliver(link, START + 100 * MILLI, 100);
        assertDropped(DropReason.LINK_DOWN, link.offer(START + 170 * MILLI, 100));
    }

    @Test
    void aSingleOutageEnds() {
        Flap flap = Flap.once(Duration.ofMillis(10), Duration.ofMillis(5));
        assertEquals(9 * MILLI, flap.upAtNanos(9 * MILLI));
        assertEquals(15 * MILLI, flap.upAtNanos(10 * MILLI));
        assertEquals(1000 * MILLI, flap.upAtNanos(1000 * MILLI));
    }

    @Test
    void dropsWhatIsLongerThanThePath() {
        ImpairedLink link =
                new ImpairedLink(Impairment.builder().maxDatagramBytes(1200).build(), 1, START);
        deliver(link, START, 1200);
        assertDropped(DropReason.OVERSIZED, link.offer(START, 1201));
    }

    @Test
    void damageDependsOnSeedAndIndexOnly() {
        Impairment damage = Impairment.builder()
                .loss(0.1)
                .duplicate(0.1)
                .corrupt(0.1)
                .truncate(0.1)
                .coalesce(0.1)
                .reorder(0.1, Duration.ofMillis(1))
                .build();
        Impairment slower = damage.toBuilder().delay(Duration.ofMillis(3)).build();
        assertEquals(damages(damage, 9, 1000), damages(slower, 9, 777_777));
        assertNotEquals(damages(damage, 9, 1000), damages(damage, 10, 1000));
    }

    @Test
    void wrongValuesAreNamed() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> Impairment.builder().duplicate(1.5));
        assertEquals("probability: 1.5 (expected: 0 <= probability <= 1)", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> CapacityTrace.constant(0));
        assertThrows(IllegalArgumentException.class, () -> new Flap(0, 10, 10));
        assertThrows(IllegalArgumentException.class, () -> Loss.GilbertElliott.ofBursts(0.9, 1));
        assertThrows(IllegalArgumentException.class, () -> Impairment.builder().maxDatagramBytes(70_000));
    }

    private static double lossShare(Loss model, int count) {
        LossProcess process = model.start(new SplittableRandom(7));
        int lost = 0;
        for (int i = 0; i < count; i++) {
            lost += process.losesNext() ? 1 : 0;
        }
        return (double) lost / count;
    }

    private static int overtakings(Impairment impairment) {
        ImpairedLink link = new ImpairedLink(impairment, 3, START);
        long latest = 0;
        int count = 0;
        for (int i = 0; i < 1000; i++) {
            long at = deliver(link, START + i * MILLI, 100).deliverNanos();
            count += at < latest ? 1 : 0;
            latest = Math.max(latest, at);
        }
        return count;
    }

    private static List<String> damages(Impairment impairment, long seed, long stepNanos) {
        ImpairedLink link = new ImpairedLink(impairment, seed, START);
        List<String> result = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            LinkDecision decision = link.offer(START + i * stepNanos, 500);
            result.add(
                    decision instanceof LinkDecision.Deliver deliver
                            ? deliver.lengthBytes() + "/" + deliver.corruptedBit() + "/" + deliver.duplicated() + "/"
                                    + deliver.mergedWithNext() + "/" + deliver.reordered()
                            : decision.toString());
        }
        return result;
    }

    private static LinkDecision.Deliver deliver(ImpairedLink link, long nowNanos, int lengthBytes) {
        return assertInstanceOf(LinkDecision.Deliver.class, link.offer(nowNanos, lengthBytes));
    }

    private static void assertDropped(DropReason reason, LinkDecision decision) {
        assertEquals(new LinkDecision.Drop(reason), decision);
    }
}

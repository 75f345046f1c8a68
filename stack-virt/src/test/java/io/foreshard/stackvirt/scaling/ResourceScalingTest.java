package io.foreshard.stackvirt.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceScalingTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final double MIB = 1 << 20;
    private static final StackResources FIRST = new StackResources(0.5, 64 << 20, 16, 1 << 16);
    private static final ResourceBounds BOUNDS = new ResourceBounds(
            new StackResources(0.1, 32 << 20, 16, 1 << 14), new StackResources(8, 512 << 20, 16, 1 << 20), 2);

    private static ResourceScaling scaling() {
        return new ResourceScaling(BOUNDS, EngineObserver.NOOP);
    }

    private static ModelUse use() {
        return new ModelUse(scaling(), FIRST);
    }

    @Test
    void aThrottledStackGetsMoreProcessorTimeWithinMinutes() {
        ModelUse use = use().run(4 * MINUTE, now -> 0.9, now -> 20 * MIB);
        assertTrue(use.resources().cpus() >= 0.9, use.resources()::toString);
        assertTrue(use.resources().cpus() < 2, use.resources()::toString);
    }

    @Test
    void noStackGetsMoreThanTheMachineHas() {
        ModelUse use = use().run(2 * HOUR, now -> 5, now -> 20 * MIB);
        assertTrue(use.resources().cpus() <= 2, use.resources()::toString);
    }

    @Test
    void onAMachineThatIsFullLimitsStay() {
        List<String> counted = new ArrayList<>();
        ResourceScaling scaling = new ResourceScaling(BOUNDS, (reason, amount) -> counted.add(reason.name()));
        long cpu = 0;
        for (int step = 1; step <= 30; step++) {
            cpu += 480_000_000L * 10;
            for (int stack = 1; stack <= 4; stack++) {
                StackUsage usage = new StackUsage(cpu, cpu, 20 << 20, 3, 0);
                scaling.read(step * 10_000L, new StackId("test", "dns", stack), usage);
            }
            assertFalse(scaling.plan(step * 10_000L, FIRST).isChange());
        }
        assertEquals(List.of("MACHINE_FULL"), counted, "told once");
    }

    @Test
    void aRaiseThatDoesNotHelpIsRepeatedEverMoreRarely() {
        ResourceScaling scaling = scaling();
        StackResources resources = new StackResources(0.1, 64 << 20, 16, 1 << 16);
        List<Long> raises = new ArrayList<>();
        for (long now = 10_000; now < 6 * HOUR; now += 10_000) {
            long throttled = now * 500_000;
            scaling.read(now, new StackId("test", "dns", 1), new StackUsage(now * 1000, throttled, 40 << 20, 3, 0));
            ResourcePlan plan = scaling.plan(now, resources);
            if (plan.isChange()) {
                raises.add(now);
            }
            resources = plan.resources();
        }
        assertEquals(2, resources.cpus(), "at last all there is");
        for (int i = 2; i < raises.size() - 1; i++) {
            long pause = raises.get(i) - raises.get(i - 1);
            double longer = Math.min(1.5 * pause, 60.0 * MINUTE);
            assertTrue(raises.get(i + 1) - raises.get(i) > longer, raises::toString);
        }
    }

    @Test
    void whatIsNotUsedForLongIsTakenAwaySlowly() {
        ModelUse use = use().run(29 * MINUTE, now -> 0.05, now -> 12 * MIB);
        assertEquals(FIRST, use.resources(), "not before half an hour is over");
        use.run(5 * MINUTE, now -> 0.05, now -> 12 * MIB);
        assertEquals(0.4, use.resources().cpus(), 1e-9);
        use.run(10 * HOUR, now -> 0.05, now -> 12 * MIB);
        assertTrue(use.resources().cpus() < 0.2, use.resources()::toString);
        assertTrue(use.resources().memoryBytes() < 50 * MIB, use.resources()::toString);
    }

    @Test
    void memoryGrowsBeforeTheLimitIsReached() {
        ModelUse use = use().run(HOUR, now -> 0.3, now -> 20 * MIB + (double) now / HOUR * 200 * MIB);
        assertEquals(0, use.kills());
        assertTrue(use.resources().memoryBytes() > 220 * MIB, use.resources()::toString);
    }

    @Test
    void memoryGrowsAfterAKillThatWasReadOrTold() {
        ModelUse read = use().run(MINUTE, now -> 0.3, now -> 20 * MIB).run(20_000, now -> 0.3, now -> 90 * MIB);
        assertEquals(96L << 20, read.resources().memoryBytes());
        ResourceScaling told = scaling();
        told.killed(1000, new StackId("test", "dns", 1));
        ResourcePlan plan = told.plan(1000, FIRST);
        assertEquals(96L << 20, plan.resources().memoryBytes());
        assertEquals(Set.of(ResourceReason.MEMORY_KILLED), plan.reasons());
        assertTrue(plan.explain().contains("MEMORY_KILLED"), plan.explain());
    }

    @Test
    void killsAtTheMostAreToldAndChangeNothing() {
        ResourceScaling scaling = scaling();
        scaling.killed(1000, new StackId("test", "dns", 1));
        ResourcePlan plan = scaling.plan(1000, new StackResources(0.5, 512 << 20, 16, 1 << 16));
        assertFalse(plan.isChange());
        assertEquals(Set.of(ResourceReason.AT_MOST), plan.reasons());
    }

    @Test
    void buffersFollowTheMessages() {
        ResourceScaling scaling = scaling();
        scaling.buffered(0, 60_000);
        StackResources more = scaling.plan(0, FIRST).resources();
        assertEquals(1 << 17, more.bufferBytes());
        for (long now = 0; now < HOUR; now += MINUTE) {
            scaling.buffered(now, 5_000);
        }
        StackResources less = scaling.plan(HOUR, more).resources();
        assertEquals(1 << 16, less.bufferBytes());
    }

    @Test
    void whatIsNotKnownChangesNothing() {
        ResourceScaling scaling = scaling();
        for (long now = 0; now < 3 * HOUR; now += 10_000) {
            scaling.read(now, new StackId("test", "dns", 1), StackUsage.UNKNOWN);
            scaling.buffered(now, -1);
            ResourcePlan plan = scaling.plan(now, FIRST);
            assertFalse(plan.isChange(), plan::explain);
        }
    }

    @Test
    void aLoadThatComesAndGoesMovesLimitsEverMoreRarely() {
        ModelUse use = use();
        int[] changes = new int[4];
        for (int day = 0; day < changes.length; day++) {
            use.run(24 * HOUR, now -> now / HOUR % 2 == 0 ? 1.4 : 0.05, now -> 20 * MIB);
            changes[day] = use.takeChanges();
        }
        assertTrue(changes[3] <= changes[0] / 2, "changes: " + List.of(changes[0], changes[1], changes[2], changes[3]));
    }

    @Test
    void whateverIsUsedLimitsStayWithinBoundsAndAboveWhatWasUsed() {
        for (long seed = 1; seed <= 30; seed++) {
            String at = "seed " + seed;
            Random random = new Random(seed);
            ModelUse use = use();
            double cpus = 0.3;
            double memory = 20 * MIB;
            double mostMemory = 0;
            for (int step = 0; step < 24 * 60; step++) {
                cpus = Math.max(0.001, Math.min(6, cpus * Math.exp(0.2 * random.nextGaussian())));
                memory = Math.max(5 * MIB, Math.min(700 * MIB, memory * Math.exp(0.1 * random.nextGaussian())));
                double wantedCpus = cpus;
                double wantedMemory = memory;
                StackResources before = use.resources();
                use.run(MINUTE, now -> wantedCpus, now -> wantedMemory);
                StackResources after = use.resources();
                mostMemory = Math.max(mostMemory, Math.min(wantedMemory, (double) before.memoryBytes()));
                assertTrue(after.cpus() >= 0.1 && after.cpus() <= 2, at + ": " + after);
                assertTrue(after.memoryBytes() >= 32 * MIB && after.memoryBytes() <= 512 * MIB, at + ": " + after);
                assertTrue(
                        after.memoryBytes() >= before.memoryBytes() || after.memoryBytes() >= mostMemory,
                        at + ": " + after + " below what was used, " + mostMemory);
            }
            assertTrue(use.shortestPause() >= MINUTE, at + ": " + use.shortestPause() + " ms");
            assertTrue(use.takeChanges() < 24 * 12, at);
        }
    }

    @Test
    void aSteadyUseComesToRestWithoutThrottlingOrKills() {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            double cpus = 0.02 + 1.8 * random.nextDouble();
            double memory = (5 + 400 * random.nextDouble()) * MIB;
            ModelUse use = use().run(12 * HOUR, now -> cpus, now -> memory);
            long kills = use.kills();
            use.takeChanges();
            use.run(24 * HOUR, now -> cpus, now -> memory);
            assertEquals(0, use.takeChanges(), "seed " + seed + ": " + use.resources());
            assertEquals(kills, use.kills(), "seed " + seed);
            assertTrue(use.resources().cpus() >= cpus, "seed " + seed + ": " + use.resources());
        }
    }

    @Test
    void timesCountersAndBoundsThatAreOddAreBorne() {
        ResourceScaling scaling = scaling();
        long seed = 8;
        Random random = new Random(seed);
        StackResources resources = FIRST;
        for (int i = 0; i < 5_000; i++) {
            StackId id = new StackId("test", "dns", 1 + random.nextInt(300));
            long time = random.nextInt(10) == 0 ? random.nextLong() / 4 : i * 1000L;
            scaling.read(
                    time,
                    id,
                    new StackUsage(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextInt(3)));
            scaling.buffered(time, random.nextLong());
            resources = scaling.plan(time, resources).resources();
            assertTrue(resources.cpus() <= 2 && resources.memoryBytes() <= 512 << 20, "seed " + seed);
        }
        StackResources small = new StackResources(0.1, 32 << 20, 16, 1 << 14);
        assertThrows(IllegalArgumentException.class, () -> new ResourceBounds(FIRST, small, 2));
        assertThrows(IllegalArgumentException.class, () -> new ResourceBounds(small, FIRST, Double.NaN));
    }
}

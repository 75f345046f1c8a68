package io.foreshard.stackvirt.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BufferPoolTest {

    private static BufferPool pool(int buffers) {
        return BufferPool.builder(ImmediateEventExecutor.INSTANCE)
                .buffers(buffers, 256)
                .build();
    }

    @ParameterizedTest
    @EnumSource(BufferLevel.class)
    void buffersOfEachLevelHoldWhatIsWrittenAndComeBack(BufferLevel level) {
        BufferPool pool = BufferPool.builder(ImmediateEventExecutor.INSTANCE)
                .buffers(4, 256)
                .level(level)
                .build();
        BufferAccount account = pool.open("dns", 4);
        List<ByteBuf> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ByteBuf buffer = account.acquire(0);
            assertNotNull(buffer);
            assertEquals(level != BufferLevel.HEAP, buffer.isDirect());
            assertEquals(256, buffer.writableBytes());
            buffer.writeLong(i).writeZero(240).writeLong(~i);
            taken.add(buffer);
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(i, taken.get(i).readLong());
            assertEquals(~i, taken.get(i).getLong(248));
            assertTrue(taken.get(i).release());
        }
        assertEquals(4, pool.free());
        BufferLevel most = level.compareTo(BufferLevel.PREFAULTED) < 0 ? level : BufferLevel.PREFAULTED;
        assertEquals(most, pool.report().reached());
        assertEquals(
                BufferLevel.values().length - 1 - most.ordinal(),
                pool.report().missing().size());
    }

    @Test
    void theReportSaysWhyThereIsNoMore() {
        LevelReport report = pool(1).report();
        assertTrue(report.missing().get(BufferLevel.LOCKED).contains("native functions"), report::toString);
        assertTrue(report.missing().get(BufferLevel.KERNEL_PROVIDED).length() > 10, report::toString);
    }

    @Test
    void aBufferIsAsNewWhenItIsTakenAgain() {
        BufferAccount account = pool(1).open("dns", 1);
        ByteBuf first = account.acquire(0);
        assertNotNull(first);
        first.writeLong(1).readInt();
        first.markReaderIndex().markWriterIndex();
        first.release();
        ByteBuf again = account.acquire(1);
        assertSame(first, again);
        assertEquals(0, again.readableBytes());
        again.resetReaderIndex().resetWriterIndex();
        assertEquals(0, again.writerIndex());
        assertEquals(1, again.refCnt());
    }

    @Test
    void aBufferThatWasReleasedCannotBeReleasedAgain() {
        BufferPool pool = pool(2);
        ByteBuf buffer = pool.open("dns", 2).acquire(0);
        assertNotNull(buffer);
        buffer.release();
        assertThrows(IllegalReferenceCountException.class, buffer::release);
        assertEquals(2, pool.free());
        assertThrows(IllegalReferenceCountException.class, () -> buffer.writeLong(1));
    }

    @Test
    void aBufferDoesNotGrow() {
        ByteBuf buffer = pool(1).open("dns", 1).acquire(0);
        assertNotNull(buffer);
        assertThrows(UnsupportedOperationException.class, () -> buffer.capacity(255));
        buffer.writeZero(256);
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.writeByte(1));
    }

    @Test
    void slicesKeepABufferTaken() {
        BufferPool pool = pool(1);
        ByteBuf buffer = pool.open("dns", 1).acquire(0);
        assertNotNull(buffer);
        ByteBuf slice = buffer.writeLong(1).readRetainedSlice(4);
        buffer.release();
        assertEquals(0, pool.free());
        slice.release();
        assertEquals(1, pool.free());
    }

    @Test
    void noAccountHasMoreThanItsCredits() {
        BufferPool pool = pool(4);
        BufferAccount greedy = pool.open("greedy", 3);
        BufferAccount other = pool.open("other", 4);
        for (int i = 0; i < 3; i++) {
            assertNotNull(greedy.acquire(0));
        }
        assertNull(greedy.acquire(0));
        assertNotNull(other.acquire(0));
        assertNull(other.acquire(0));
        assertEquals(1, pool.counts().get(BufferReason.CREDITS_SPENT));
        assertEquals(1, pool.counts().get(BufferReason.POOL_EMPTY));
    }

    @Test
    void creditsThatAreLoweredTakeNothingAway() {
        BufferPool pool = pool(4);
        BufferAccount falling = pool.open("falling", 4);
        BufferAccount rising = pool.open("rising", 0);
        Deque<ByteBuf> taken = new ArrayDeque<>();
        for (int i = 0; i < 4; i++) {
            taken.add(falling.acquire(0));
        }
        pool.credits(1, 3);
        assertNull(rising.acquire(0));
        taken.remove().release();
        assertNull(falling.acquire(0));
        assertNotNull(rising.acquire(0));
        assertThrows(IllegalArgumentException.class, () -> pool.credits(1));
        assertThrows(IllegalArgumentException.class, () -> pool.credits(1, -1));
    }

    @Test
    void theAuditSaysWhoHasWhatSinceWhen() {
        BufferPool pool = pool(4);
        BufferAccount dns = pool.open("dns", 2);
        BufferAccount bgp = pool.open("bgp", 2);
        ByteBuf old = dns.acquire(100);
        dns.acquire(200);
        assertNotNull(old);
        assertEquals(
                List.of(new Holding("dns", 2, 2, 900, false), new Holding("bgp", 2, 0, 0, false)), pool.audit(1000));
        pool.transfer(old, bgp, 300);
        dns.close();
        assertEquals(
                List.of(new Holding("dns", 0, 1, 800, true), new Holding("bgp", 2, 1, 700, false)), pool.audit(1000));
        assertEquals(1, pool.counts().get(BufferReason.CLOSED_WITH_BUFFERS));
        old.release();
        assertThrows(IllegalArgumentException.class, () -> pool.transfer(old, bgp, 300));
    }

    @Test
    void buffersComeBackFromOtherThreads() throws InterruptedException {
        DefaultEventExecutor owner = new DefaultEventExecutor();
        BufferPool pool = BufferPool.builder(owner).buffers(64, 64).build();
        BufferAccount account = pool.open("dns", 64);
        // This thread only acquires, as the owner would; all releases count as those of others.
        for (int round = 0; round < 200; round++) {
            List<ByteBuf> taken = new ArrayList<>();
            for (ByteBuf each = account.acquire(round); each != null; each = account.acquire(round)) {
                taken.add(each);
            }
            assertEquals(64, taken.size());
            Thread one = new Thread(() -> taken.subList(0, 32).forEach(ByteBuf::release));
            Thread other = new Thread(() -> taken.subList(32, 64).forEach(ByteBuf::release));
            one.start();
            other.start();
            one.join();
            other.join();
        }
        assertEquals(64, pool.free());
        assertEquals(0, account.held());
        owner.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void nothingLeaksInManyRandomCycles() {
        long seed = 42;
        Random random = new Random(seed);
        BufferPool pool = pool(32);
        BufferAccount[] accounts = {pool.open("a", 16), pool.open("b", 16), pool.open("c", 32)};
        ByteBuf[] places = new ByteBuf[32];
        for (int i = 0; i < 500_000; i++) {
            int place = random.nextInt(places.length);
            if (places[place] != null) {
                places[place].release();
                places[place] = null;
            } else {
                places[place] = accounts[random.nextInt(3)].acquire(i);
            }
        }
        long taken = Arrays.stream(places).filter(each -> each != null).count();
        assertEquals(32 - taken, pool.free(), "seed " + seed);
        assertEquals(taken, pool.audit(0).stream().mapToInt(Holding::buffers).sum(), "seed " + seed);
    }

    @Test
    void creditsAreSharedByForecastWithoutAnyBeingLost() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            int buffers = random.nextInt(10_000);
            int reserve = random.nextInt(50);
            double[] forecast = new double[1 + random.nextInt(20)];
            for (int k = 0; k < forecast.length; k++) {
                forecast[k] = switch (random.nextInt(8)) {
                    case 0 -> Double.NaN;
                    case 1 -> -1;
                    case 2 -> Double.POSITIVE_INFINITY;
                    case 3 -> 0;
                    default -> random.nextDouble() * 1000;
                };
            }
            int[] credits = CreditPlan.share(buffers, reserve, forecast);
            String what = "seed " + seed + ", case " + i + ": " + Arrays.toString(credits);
            assertEquals(buffers, Arrays.stream(credits).sum(), what);
            int least = Math.min(reserve, buffers / forecast.length);
            assertTrue(Arrays.stream(credits).allMatch(each -> each >= least), what);
        }
        assertEquals(
                "[10, 60, 30]",
                Arrays.toString(CreditPlan.share(100, 10, 0, 50, 20)),
                "10 each, and of the 70 others 50 and 20");
        assertEquals("[33, 34, 33]", Arrays.toString(CreditPlan.share(100, 0, 0, Double.NaN, -1)));
    }

    @Test
    void thePageSizeIsReadFromTheVectorOfTheProcess() {
        ByteBuffer vector = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        vector.putLong(3).putLong(99).putLong(6).putLong(65536).flip();
        assertEquals(65536, MemoryPage.of(vector));
        assertEquals(4096, MemoryPage.of(ByteBuffer.allocate(7)));
        ByteBuffer odd = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        odd.putLong(6).putLong(4097).flip();
        assertEquals(4096, MemoryPage.of(odd));
    }
}

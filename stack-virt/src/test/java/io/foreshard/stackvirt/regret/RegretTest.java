package io.foreshard.stackvirt.regret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegretTest {

    @Test
    void aVirtualStackCostsMemoryFromItsStartAndTakesMessagesOnceItRuns() {
        VirtualStock stock = new VirtualStock(1, 40);
        assertTrue(stock.arrived(0, 1));
        stock.follow(0, 1, 1, 700);
        assertTrue(stock.arrived(699, 1));
        assertFalse(stock.arrived(700, 1));
        assertTrue(stock.arrived(800, 2), "one stack has room for one message");
        stock.follow(1000, 0, 1, 700);
        assertEquals(1, stock.running(), "one that has a message stays");
        stock.follow(2000, 0, 0, 700);
        assertEquals(0, stock.running());
        stock.advance(9000);
        assertEquals(3, stock.exposed());
        assertEquals(80, stock.megabyteSeconds(), 1e-9);
        assertEquals(1, stock.starts());
    }

    @Test
    void aVirtualStackWeighsWhatWasMeasuredFromThenOn() {
        VirtualStock stock = new VirtualStock(1, 40);
        stock.follow(0, 2, 0, 700);
        stock.advance(1000);
        stock.megabytes(10);
        stock.advance(2000);
        assertEquals(80 + 20, stock.megabyteSeconds(), 1e-9);
        assertEquals(2, stock.starts());
    }

    @Test
    void memoryGetsDearerWhileMoreOfItIsSpentAndCheaperWhileLess() {
        MemoryPrice price = new MemoryPrice(1);
        double first = price.messagesPerMegabyteSecond();
        for (int i = 0; i < 600; i++) {
            price.second(100, 50);
        }
        double dear = price.messagesPerMegabyteSecond();
        assertTrue(dear > 2 * first, "price " + dear);
        for (int i = 0; i < 6000; i++) {
            price.second(10, 50);
        }
        assertTrue(price.messagesPerMegabyteSecond() < dear / 2);
        assertTrue(price.saved() > 0);
    }

    @Test
    void theGateOpensOnLessCostAndShutsOnMore() {
        RegretGate gate = new RegretGate(GateMode.FREE, "stacks", GateListener.NOOP);
        for (int i = 0; i < 100; i++) {
            gate.second(i, 0.5, 1);
        }
        assertTrue(gate.isOpen());
        for (int i = 0; i < 400; i++) {
            gate.second(i, 2, 1);
        }
        assertEquals(GateReason.REGRET, gate.report().reason());
    }

    @Test
    void theGateIsMostlyShutWhereTheGainIsNoMoreThanChance() {
        int open = 0;
        int seconds = 0;
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            RegretGate gate = new RegretGate(GateMode.FREE, "stacks", GateListener.NOOP);
            for (int i = 0; i < 20_000; i++) {
                // Of each a message waits in one of twenty seconds, never in the same ones.
                double drawn = random.nextDouble();
                gate.second(i, drawn < 0.05 ? 1 : 0, drawn > 0.95 ? 1 : 0);
                open += gate.isOpen() ? 1 : 0;
                seconds++;
            }
        }
        // Without looking at chance it is open for four tenths of the time.
        assertTrue(open < 0.15 * seconds, "seeds 1 to 30: open for " + open + " of " + seconds + " s");
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        RegretGate gate = new RegretGate(GateMode.FREE, "stacks", (subject, report) -> {
            throw new IllegalStateException("listener");
        });
        for (int i = 0; i < 100; i++) {
            gate.second(i, 0.5, 1);
        }
        assertTrue(gate.isOpen());
    }
}

package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.shardcodec.TrafficClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassTurnsTest {

    private static final List<TrafficClass> ALL = List.of(TrafficClass.values());

    /** Returns who leaves of classes that always have something to send. */
    private static List<TrafficClass> departures(ClassTurns turns, List<TrafficClass> busy, int count) {
        List<TrafficClass> left = new ArrayList<>();
        while (left.size() < count) {
            int i = 0;
            while (!busy.contains(ALL.get(turns.rank(i)))) {
                i++;
            }
            left.add(ALL.get(turns.rank(i)));
            turns.onSent(ALL.get(turns.rank(i)));
        }
        return left;
    }

    @Test
    void theMostUrgentLeavesButForEachSixteenthWhichTheClassesGetInTurn() {
        List<TrafficClass> left = departures(new ClassTurns(), ALL, 2 * ALL.size() * ClassTurns.TURN);
        for (int i = 0; i < left.size(); i++) {
            boolean turn = i % ClassTurns.TURN == ClassTurns.TURN - 1;
            assertEquals(
                    turn ? ALL.get(i / ClassTurns.TURN % ALL.size()) : TrafficClass.REAL_TIME, left.get(i), "at " + i);
        }
    }

    @Test
    void turnsGoRoundAmongThoseThatHaveSomethingToSend() {
        List<TrafficClass> busy = List.of(TrafficClass.STANDARD, TrafficClass.BACKGROUND);
        List<TrafficClass> left = departures(new ClassTurns(), busy, 4 * ClassTurns.TURN);
        assertEquals(
                2, left.stream().filter(each -> each == TrafficClass.BACKGROUND).count());
    }
}

package io.foreshard.examples.stacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.examples.stacks.capture.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final Timetable TIMETABLE = new Timetable(MadeUp.captures(), 3, 5, 42);

    private static long queries(List<Planned> messages, long fromMillis, long toMillis) {
        return messages.stream()
                .filter(each -> each.protocol() == Protocol.DNS)
                .filter(each -> each.atMillis() >= fromMillis && each.atMillis() < toMillis)
                .count();
    }

    @Test
    void messagesComeInOrderAndTheSameAgainWithTheSameSeed() {
        List<Planned> live = TIMETABLE.live();
        for (int i = 1; i < live.size(); i++) {
            assertTrue(live.get(i - 1).atMillis() <= live.get(i).atMillis());
        }
        assertEquals(live, new Timetable(TIMETABLE.captures(), 3, 5, 42).live());
        assertTrue(TIMETABLE.history().stream().allMatch(each -> each.atMillis() < 0));
    }

    @Test
    void theCrowdIsTenTimesWhatAsksOnAUsualDay() {
        List<Planned> live = TIMETABLE.live();
        long usual = queries(live, 0, Timetable.DAY_MILLIS);
        long crowd =
                queries(live, 2 * Timetable.DAY_MILLIS + Timetable.CROWD_AT_MILLIS, 4 * Timetable.DAY_MILLIS) - usual;
        assertEquals(10.0, (double) crowd / usual, 0.1);
    }

    @Test
    void namesEachMomentByWhatCanBeForeseenOfIt() {
        long day = Timetable.DAY_MILLIS;
        assertEquals(Timetable.Day.USUAL, TIMETABLE.kindAt(2 * day));
        assertEquals(Timetable.Day.CROWDED, TIMETABLE.kindAt(2 * day + Timetable.CROWD_AT_MILLIS));
        assertEquals(Timetable.Day.USUAL, TIMETABLE.kindAt(3 * day));
        assertEquals(Timetable.Day.RANDOM, TIMETABLE.kindAt(5 * day - 1));
        assertEquals(Timetable.Day.USUAL, new Timetable(MadeUp.captures(), 0, 2, 1).kindAt(2 * day - 1));
    }
}

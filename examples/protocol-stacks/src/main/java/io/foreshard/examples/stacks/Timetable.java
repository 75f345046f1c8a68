package io.foreshard.examples.stacks;

import io.foreshard.examples.stacks.capture.Capture;
import io.foreshard.examples.stacks.capture.Protocol;
import io.foreshard.examples.stacks.capture.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * When captures are replayed. A day lasts four minutes of the replay: clients ask for names in the morning, routers begin their sessions anew in the
 * afternoon. One day has a flash crowd at a time when nobody asks, and on the last one everything comes at times drawn by lot. What is in a capture
 * comes as it was recorded.
 *
 * @param captures what is replayed; at least one of each protocol
 * @param learnDays how many usual days there were before
 * @param days how many days are replayed
 * @param seed of all that is drawn
 */
record Timetable(List<Capture> captures, int learnDays, int days, long seed) {

    /** When the replay begins, by its own calendar. */
    static final long BEGIN_MILLIS = 1_800_000_000_000L;

    static final long DAY_MILLIS = 240_000;

    static final long CROWD_AT_MILLIS = 190_000;
    static final long CROWD_UNTIL_MILLIS = 235_000;

    private static final int CLIENTS = 24;
    private static final long CLIENTS_AT_MILLIS = 30_000;
    private static final long CLIENT_STEP_MILLIS = 1500;
    private static final long CLIENT_JITTER_MILLIS = 4000;

    private static final int ROUTERS = 8;
    private static final long ROUTERS_AT_MILLIS = 150_000;
    private static final long ROUTER_STEP_MILLIS = 700;
    private static final long ROUTER_JITTER_MILLIS = 2000;

    private static final int CROWD = 10;
    private static final int LEAST_DAYS_FOR_SURPRISES = 3;

    /** Networks of two replays of one capture differ by this. */
    private static final long SITE = 1L << 32;

    /** What a day is like. */
    enum Day {
        USUAL("usual days"),
        CROWDED("flash crowd"),
        RANDOM("day without a timetable");

        private final String words;

        Day(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    long endMillis() {
        return days * DAY_MILLIS;
    }

    /** What a day is like; negative ones are those before. */
    Day kind(int day) {
        if (days < LEAST_DAYS_FOR_SURPRISES || day < 0) {
            return Day.USUAL;
        }
        return day == days - 1 ? Day.RANDOM : day == days / 2 ? Day.CROWDED : Day.USUAL;
    }

    /** What a moment is like: a day with a crowd is a usual one until that comes. */
    Day kindAt(long atMillis) {
        Day kind = kind((int) Math.floorDiv(atMillis, DAY_MILLIS));
        boolean isUsual = kind == Day.CROWDED && Math.floorMod(atMillis, DAY_MILLIS) < CROWD_AT_MILLIS;
        return isUsual ? Day.USUAL : kind;
    }

    /** Returns the messages to learn from, by time. */
    List<Planned> history() {
        return plan(-learnDays, 0);
    }

    /** Returns the messages of the replay, by time. */
    List<Planned> live() {
        return plan(0, days);
    }

    private List<Planned> plan(int fromDay, int toDay) {
        List<Planned> messages = new ArrayList<>();
        for (int day = fromDay; day < toDay; day++) {
            plan(day, new Random(seed * 1_000_003 + day), messages);
        }
        messages.removeIf(each -> each.atMillis() < fromDay * DAY_MILLIS || each.atMillis() >= toDay * DAY_MILLIS);
        messages.sort(Comparator.comparingLong(Planned::atMillis));
        return messages;
    }

    private void plan(int day, Random random, List<Planned> messages) {
        long begin = day * DAY_MILLIS;
        boolean isRandom = kind(day) == Day.RANDOM;
        for (int i = 0; i < CLIENTS; i++) {
            long usual = CLIENTS_AT_MILLIS + i * CLIENT_STEP_MILLIS + random.nextLong(CLIENT_JITTER_MILLIS);
            replay(Protocol.DNS, i, begin + (isRandom ? random.nextLong(DAY_MILLIS) : usual), messages);
        }
        for (int i = 0; i < ROUTERS; i++) {
            long usual = ROUTERS_AT_MILLIS + i * ROUTER_STEP_MILLIS + random.nextLong(ROUTER_JITTER_MILLIS);
            replay(Protocol.BGP, i, begin + (isRandom ? random.nextLong(DAY_MILLIS) : usual), messages);
        }
        if (kind(day) == Day.CROWDED) {
            for (int i = 0; i < CROWD * CLIENTS; i++) {
                long at = CROWD_AT_MILLIS + random.nextLong(CROWD_UNTIL_MILLIS - CROWD_AT_MILLIS);
                replay(Protocol.DNS, i, begin + at, messages);
            }
        }
    }

    private void replay(Protocol protocol, int site, long atMillis, List<Planned> messages) {
        List<Capture> ofProtocol =
                captures.stream().filter(each -> each.protocol() == protocol).toList();
        for (Recorded each : ofProtocol.get(site % ofProtocol.size()).messages()) {
            messages.add(new Planned(
                    atMillis + each.offsetMillis(),
                    protocol,
                    each.source() + site * SITE,
                    each.destination(),
                    each.message()));
        }
    }
}

package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ManyFlowsTest {

    private static final int FLOWS = 1_000;
    private static final int LEGS = 3;
    private static final double RATE = 12.5e6;
    private static final long MOST_BYTES = 40_000;

    /** A flow's two ends, and what each has sent so far. */
    private static final class Talk {

        final RecordingEnd near;
        RecordingEnd far;
        private long forth;
        private long back;

        Talk(RecordingEnd near) {
            this.near = near;
            far = near;
        }

        void exchange(RandomGenerator random) {
            long more = random.nextLong(MOST_BYTES);
            long answer = random.nextLong(MOST_BYTES);
            forth += more;
            back += answer;
            near.send(more);
            far.send(answer);
        }

        boolean hasAll() {
            return far.receivedBytes == forth && near.receivedBytes == back;
        }

        boolean isOver() {
            return (near.ended && far.ended) || near.reset != null || far.reset != null;
        }
    }

    /** Both lose a leg while all speak, and again after all were silent for a while. */
    @Test
    void aThousandFlowsAtOnceLoseNothingThoughLegsDieAndLeaveNothingBehind() {
        Property.named("a thousand flows").runs(3).check((random, size) -> {
            try (SessionBench bench = new SessionBench()) {
                List<SessionBench.Line> legs = new ArrayList<>();
                for (int leg = 0; leg < LEGS; leg++) {
                    legs.add(bench.line(leg, RATE, (5 + 10L * leg) * MILLI));
                }
                List<Talk> talks = open(bench);
                exchange(bench, talks, random, legs.get(0));
                bench.run(30 * SECOND);
                exchange(bench, talks, random, legs.get(1));
                end(bench, talks, random);
            }
        });
    }

    private static List<Talk> open(SessionBench bench) {
        List<Talk> talks = new ArrayList<>();
        bench.egress.onFlow =
                (end, target) -> talks.get(Integer.parseInt(target.substring(target.indexOf(':') + 1))).far = end;
        for (int i = 0; i < FLOWS; i++) {
            talks.add(new Talk(bench.ingress.open("origin:" + i)));
        }
        all(bench, talks, talk -> talk.far != talk.near, "not opened");
        return talks;
    }

    private static void exchange(SessionBench bench, List<Talk> talks, RandomGenerator random, SessionBench.Line dies) {
        talks.forEach(talk -> talk.exchange(random));
        bench.run(random.nextLong(500) * MILLI);
        dies.kill();
        all(bench, talks, Talk::hasAll, "bytes are missing");
        for (Talk talk : talks) {
            assertNull(talk.near.reset);
            assertNull(talk.far.reset);
        }
    }

    /** Some are reset by either side, the others end, both sides at once or not. */
    private static void end(SessionBench bench, List<Talk> talks, RandomGenerator random) {
        for (Talk talk : talks) {
            switch (random.nextInt(4)) {
                case 0 -> reset(bench, talk.near);
                case 1 -> reset(bench, talk.far);
                default -> {
                    talk.near.finish();
                    talk.far.finish();
                }
            }
        }
        all(bench, talks, Talk::isOver, "not over");
        bench.until(() -> bench.ingress.session.flowCount() + bench.egress.session.flowCount() == 0, 10 * SECOND);
        assertEquals(0, bench.ingress.session.flowCount());
        assertEquals(0, bench.egress.session.flowCount());
    }

    private static void reset(SessionBench bench, RecordingEnd end) {
        Flow flow = end.flow;
        if (flow != null) {
            flow.reset(ResetReason.CONNECTION_RESET, bench.now);
        }
    }

    private static void all(SessionBench bench, List<Talk> talks, Predicate<Talk> condition, String otherwise) {
        bench.until(() -> talks.stream().allMatch(condition), 120 * SECOND);
        long not = talks.stream().filter(condition.negate()).count();
        assertTrue(not == 0, () -> otherwise + ": " + not + " of " + talks.size());
    }
}

package io.foreshard.examples.stacks;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.stackvirt.virtualizer.PastMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends the same messages at the same time to all contenders. Confined to the loop of the replay, once it runs. */
final class Replay {

    private static final long LOOK_MILLIS = 1000;

    /** By then all messages have a result. */
    private static final long LONGEST_TAIL_MILLIS = Settings.PATIENCE.toMillis() + 5 * LOOK_MILLIS;

    private final Settings settings;
    private final ReplayLoop loop;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Planned> messages;
    private final Dashboard dashboard;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int next;
    private long beginNanos;
    private long lookedMillis;

    Replay(Settings settings, Quarters quarters, ReplayLoop loop, Dashboard dashboard) {
        this.settings = settings;
        this.loop = loop;
        this.dashboard = dashboard;
        messages = settings.timetable().live();
        List<PastMessage> history =
                settings.timetable().history().stream().map(settings::past).toList();
        Duration coldStart = Duration.ofMillis(Math.min(60_000, Math.round(quarters.startMillis() * settings.speed())));
        Duration keep = new Rehearsal(settings, quarters, coldStart, history, messages, dashboard::rehearsal).keep();
        dashboard.begin(keep, coldStart);
        for (Policy policy : Policy.values()) {
            contenders.add(new Contender(
                    policy,
                    settings,
                    quarters,
                    Contender.builder(policy, keep, loop.loop(), coldStart).history(history),
                    loop.loop()));
        }
    }

    /**
     * Runs to the end; not on the loop.
     *
     * @param cleanup stops what is started
     * @throws IOException if stacks cannot be managed here
     */
    List<Outcome> run(Cleanup cleanup) throws IOException {
        for (Contender contender : contenders) {
            cleanup.add(() -> Containers.done(contender.stop()));
            Containers.done(contender.open());
        }
        loop.loop().execute(this::begin);
        long limitMillis = (settings.timetable().endMillis() + 2 * LONGEST_TAIL_MILLIS) / settings.speed() + 10_000;
        Containers.done(ended, limitMillis);
        List<Outcome> outcomes = new ArrayList<>();
        for (Contender contender : contenders) {
            Containers.done(contender.stop());
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            loop.loop().execute(() -> outcome.complete(contender.outcome()));
            outcomes.add(Containers.done(outcome));
        }
        return outcomes;
    }

    private void begin() {
        loop.clock().speedUp();
        beginNanos = loop.clock().nanoTime();
        step();
    }

    private void step() {
        try {
            long now = (loop.clock().nanoTime() - beginNanos) / 1_000_000;
            while (next < messages.size() && messages.get(next).atMillis() <= now) {
                Planned planned = messages.get(next++);
                contenders.forEach(contender -> contender.send(planned));
            }
            long lookAt = Math.floorDiv(now, LOOK_MILLIS) * LOOK_MILLIS;
            if (lookAt > lookedMillis) {
                lookedMillis = lookAt;
                contenders.forEach(contender -> contender.look(lookAt));
                dashboard.show(lookAt, next, contenders);
            }
            if (isOver(now)) {
                ended.complete(null);
            } else {
                long until = next < messages.size() ? messages.get(next).atMillis() : Long.MAX_VALUE;
                long wait = Math.max(1, Math.min(until, lookAt + LOOK_MILLIS) - now);
                loop.loop().schedule(this::step, wait, TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException failure) {
            ended.completeExceptionally(failure);
        }
    }

    private boolean isOver(long now) {
        long end = settings.timetable().endMillis();
        boolean isQuiet = contenders.stream().allMatch(contender -> contender.outstanding() == 0);
        return now > end && (isQuiet || now > end + LONGEST_TAIL_MILLIS);
    }
}

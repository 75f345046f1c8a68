package io.foreshard.examples.stacks;

import io.foreshard.examples.report.ProgressBar;
import io.foreshard.stackvirt.virtualizer.PastMessage;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Finds how long stacks must be kept for the memory-time that the others spend: the replay itself, with stacks that are pretended, in virtual time. So the
 * one that is kept is tuned with the knowledge of what comes, which prediction has not.
 */
final class Rehearsal {

    private static final long STEP_MILLIS = 40;
    private static final int MOST_SECONDS = 127;
    private static final int ROUNDS = 9;
    private static final long LOOK_MILLIS = 1000;

    private final Settings settings;
    private final Quarters quarters;
    private final Duration coldStart;
    private final List<PastMessage> history;
    private final List<Planned> messages;
    private final ProgressBar progress;
    private int rounds;

    Rehearsal(
            Settings settings,
            Quarters quarters,
            Duration coldStart,
            List<PastMessage> history,
            List<Planned> messages,
            Function<Integer, ProgressBar> progress) {
        this.settings = settings;
        this.quarters = quarters;
        this.coldStart = coldStart;
        this.history = history;
        this.messages = messages;
        this.progress = progress.apply(ROUNDS);
    }

    /** Returns the shortest time, in whole seconds, with which stacks that are kept take at least the memory-time of both other policies. */
    Duration keep() {
        double wanted = Math.max(
                megabyteSeconds(Policy.PREDICTIVE, Duration.ZERO), megabyteSeconds(Policy.REACTIVE, Duration.ZERO));
        int low = 0;
        int high = MOST_SECONDS;
        while (low < high) {
            int middle = (low + high) / 2;
            if (megabyteSeconds(Policy.KEPT, Duration.ofSeconds(middle)) >= wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        progress.finish(System.nanoTime());
        return Duration.ofSeconds(low);
    }

    private double megabyteSeconds(Policy policy, Duration keep) {
        MockTicker ticker = Ticker.newMockTicker();
        EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
        Contender contender = new Contender(
                policy,
                settings,
                LocalQuarters.pretended(settings, quarters, coldStart, channel.eventLoop()),
                Contender.builder(policy, keep, channel.eventLoop(), coldStart).history(history),
                channel.eventLoop());
        contender.open();
        int next = 0;
        for (long at = 0; at < settings.timetable().endMillis(); at += STEP_MILLIS) {
            while (next < messages.size() && messages.get(next).atMillis() <= at) {
                contender.send(messages.get(next++));
            }
            advance(channel, ticker, STEP_MILLIS);
            if (at % LOOK_MILLIS == 0 && at > 0) {
                contender.look(at);
            }
        }
        double spent = contender.hasSamples() ? contender.last().megabyteSeconds() : 0;
        contender.stop();
        advance(channel, ticker, STEP_MILLIS);
        channel.close();
        progress.advanceTo(++rounds, System.nanoTime());
        return spent;
    }

    private static void advance(EmbeddedChannel channel, MockTicker ticker, long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }
}

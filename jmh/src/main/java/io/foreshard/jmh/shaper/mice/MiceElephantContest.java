package io.foreshard.jmh.shaper.mice;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.WorstFirst;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.way.Bottleneck;
import io.foreshard.jmh.way.Way;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * How long small packets take behind a bulk transfer that fills the buffer of an uplink, with the shaper against without: real sockets,
 * a token bucket filter at a router of network namespaces, one clock. The rate and the mice are those of the anchor's packet model (a thousand
 * full packets a second, 500 mice), and so is the smaller buffer, 100 ms of the rate; the larger one is the rule of thumb for routers.
 */
public final class MiceElephantContest implements Contest {

    private static final int MEGABITS = 10;
    private static final List<Bottleneck> BOTTLENECKS =
            List.of(new Bottleneck(MEGABITS, 100), new Bottleneck(MEGABITS, 250));

    private static final long WARM_UP_MILLIS = 3_000;
    private static final long QUICK_MILLIS = 2_500;
    private static final long FULL_MILLIS = 10_000;

    /** Makes the contest. */
    public MiceElephantContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        List<Bottleneck> bottlenecks = settings.quick() ? BOTTLENECKS.subList(0, 1) : BOTTLENECKS;
        List<MicePairs> pairs = bottlenecks.stream().map(MicePairs::new).toList();
        for (int round = 0; round < (settings.quick() ? 1 : 5); round++) {
            for (MicePairs pair : pairs) {
                run(settings, round, pair);
            }
        }
        WorstFirst.of(MicePairs.NAME, pairs.stream().map(MicePairs::figure)).forEach(figures);
    }

    /** Which of the two goes first changes from round to round. */
    private static void run(ComparisonSettings settings, int round, MicePairs pairs)
            throws IOException, InterruptedException {
        String title = MicePairs.NAME + ": " + pairs.bottleneck().caseName() + " round " + (round + 1);
        try (Way way = Way.layRouted(pairs.bottleneck())) {
            MiceRun run = new MiceRun(way, settings.work());
            boolean shapedFirst = round % 2 == 1;
            MiceResult first = run(settings, run, round, shapedFirst, title);
            MiceResult second = run(settings, run, round, !shapedFirst, title);
            pairs.add(shapedFirst ? first : second, shapedFirst ? second : first);
        } catch (ContestantException e) {
            pairs.skip(e.reason());
            settings.say(title + ": " + e.reason());
        }
    }

    private static MiceResult run(ComparisonSettings settings, MiceRun run, int round, boolean shaped, String title)
            throws IOException, ContestantException, InterruptedException {
        MiceResult result =
                run.run(shaped, settings.seed() + round, WARM_UP_MILLIS, settings.quick() ? QUICK_MILLIS : FULL_MILLIS);
        settings.say(title + (shaped ? " shaped: " : " unshaped: ") + result.text());
        return result;
    }
}

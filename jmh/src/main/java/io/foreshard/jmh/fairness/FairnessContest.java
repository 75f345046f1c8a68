package io.foreshard.jmh.fairness;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.way.Way;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a bulk session shares a bottleneck with one flow of the kernel's CUBIC (iperf3), as a factor from the fair half. In every other
 * round TCP begins first; a run alone shows what the session uses of the way, and how long a queue it keeps.
 */
public final class FairnessContest implements Contest {

    /** Makes the contest. */
    public FairnessContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        FairnessLength length = settings.quick() ? FairnessLength.QUICK : FairnessLength.FULL;
        List<FairnessTally> tallies =
                length.bottlenecks().stream().map(FairnessTally::new).toList();
        for (int round = 0; round < length.rounds(); round++) {
            for (FairnessTally tally : tallies) {
                run(settings, length, round, tally);
            }
        }
        FairnessFigures.of(tallies).forEach(figures);
    }

    private static void run(ComparisonSettings settings, FairnessLength length, int round, FairnessTally tally)
            throws IOException, InterruptedException {
        String title = "fairness: " + tally.bottleneck().caseName() + " round " + (round + 1);
        try (Way way = Way.lay(tally.bottleneck())) {
            FairnessRun run = new FairnessRun(way, settings.work(), length);
            FairnessResult alone = run.alone();
            tally.addAlone(alone);
            settings.say(title + " alone: " + alone.text());
            boolean tcpFirst = round % 2 == 1;
            FairnessResult beside = run.besideTcp(tcpFirst);
            tally.addBeside(tcpFirst, beside);
            settings.say(title + " beside TCP, which began " + (tcpFirst ? "first: " : "second: ") + beside.text());
        } catch (ContestantException e) {
            tally.skip(e.reason());
            settings.say(title + ": " + e.reason());
        }
    }
}

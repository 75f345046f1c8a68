package io.foreshard.jmh.lossy;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The time that messages of 64 KiB take on paths that lose packets, ours over the best of Aeron, KCP and QUIC. Open loop: messages start
 * by a Poisson process at 30 % of the bottleneck, and are timed from when they were meant to start to when they are whole and checked.
 * TCP is no contestant, as the relay carries datagrams.
 *
 * <p>Each contestant is a Java machine with its sender and its receiver; the relay between them is in this one. Both directions lose.
 * Whoever is not done some time after the last message was meant to start is stopped, and the messages that are missing count with the
 * time that they had. The overhead of the peers is what was sent, headers included, beyond the contents that arrived. A full run first
 * shows that the path without loss gives everyone the time that physics asks for.
 */
public final class LossyPeersContest implements Contest {

    private static final Condition CLEAN = new Condition(50, 0);

    /** Makes the contest. */
    public LossyPeersContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        LossyLength length = settings.quick() ? LossyLength.QUICK : LossyLength.FULL;
        Map<Condition, LossyStand> stands = new HashMap<>();
        try (LossyRace race = new LossyRace(settings.work(), length)) {
            if (!settings.quick()) {
                LossyStand clean = new LossyStand();
                run(settings, race, CLEAN, 0, clean);
                figures.accept(LossyFigures.calibration(CLEAN, clean));
            }
            for (int round = 0; round < length.rounds(); round++) {
                for (Condition path : length.paths()) {
                    run(settings, race, path, round, stands.computeIfAbsent(path, key -> new LossyStand()));
                }
            }
        }
        LossyFigures.of(length.paths(), stands).forEach(figures);
    }

    private static void run(ComparisonSettings settings, LossyRace race, Condition path, int round, LossyStand stand)
            throws IOException, InterruptedException {
        for (LossyContender contender : LossyContender.values()) {
            String title = "lossy: " + path.name() + " round " + (round + 1) + " " + contender.label();
            try {
                LossyResult result = race.run(contender, path, settings.seed() + round);
                stand.add(contender, result);
                settings.say(title + ": " + result.text());
            } catch (ContestantException e) {
                stand.skip(contender, e.reason());
                settings.say(title + ": " + e.reason());
            }
        }
    }
}

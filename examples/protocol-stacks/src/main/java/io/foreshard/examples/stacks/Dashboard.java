package io.foreshard.examples.stacks;

import io.foreshard.examples.report.ProgressBar;
import io.foreshard.examples.report.Table;
import io.foreshard.examples.stacks.capture.Protocol;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What is seen while the replay runs: a block that is drawn again and again on a terminal, a line a second else. */
final class Dashboard {

    private static final long BLOCK_NANOS = 250_000_000;
    private static final long LINE_NANOS = 1_000_000_000;

    private final Settings settings;
    private final PrintWriter out;
    private final PrintStream progress;
    private final boolean redraws;
    private long shownNanos = Long.MIN_VALUE;
    private long shownMillis;
    private int shownMessages;
    private int lines;

    Dashboard(Settings settings, PrintWriter out, PrintStream progress, boolean redraws) {
        this.progress = progress;
        this.settings = settings;
        this.out = out;
        this.redraws = redraws;
    }

    ProgressBar rehearsal(int rounds) {
        return ProgressBar.start("rehearsal in virtual time", rounds, progress, redraws, System.nanoTime());
    }

    void begin(Duration keep, Duration coldStart) {
        out.println("A stack takes " + Table.number(coldStart.toMillis() / 1000.0, 1)
                + " s of the replay to start. Fixed keep-alive keeps stacks for " + keep.toSeconds()
                + " s: with that it takes no less memory-time than the others, if all goes as in a rehearsal.");
        if (!redraws) {
            out.println("Stacks are given as running/frozen/starting.");
        }
        out.flush();
    }

    void show(long atMillis, int messages, List<Contender> contenders) {
        long now = System.nanoTime();
        if (shownNanos != Long.MIN_VALUE && now - shownNanos < (redraws ? BLOCK_NANOS : LINE_NANOS)) {
            return;
        }
        double perSecond = (messages - shownMessages) * 1000.0 / Math.max(1, atMillis - shownMillis);
        shownNanos = now;
        shownMillis = atMillis;
        shownMessages = messages;
        if (redraws) {
            block(atMillis, perSecond, contenders);
        } else {
            line(atMillis, perSecond, contenders);
        }
        out.flush();
    }

    private void line(long atMillis, double perSecond, List<Contender> contenders) {
        StringBuilder line = new StringBuilder(time(atMillis));
        line.append(String.format(Locale.ROOT, " %5.1f/s", perSecond));
        for (Contender contender : contenders) {
            Sample sample = contender.last();
            line.append(" | ").append(contender.policy().words()).append(' ');
            line.append(String.format(
                    Locale.ROOT,
                    "%s, %d wait, %d exposed",
                    readiness(sample),
                    (int) sample.sum(KindSample::waiting),
                    (int) sample.sum(KindSample::exposed)));
        }
        Sample foreseen = contenders.get(contenders.size() - 1).last();
        out.println(line.append(" | gate ").append(foreseen.isForeseen() ? "open" : "shut"));
    }

    private void block(long atMillis, double perSecond, List<Contender> contenders) {
        if (lines > 0) {
            out.print(String.format(Locale.ROOT, "\033[%dA\033[J", lines));
        }
        out.println(time(atMillis) + String.format(Locale.ROOT, "   %6.1f messages/s", perSecond));
        out.println("              running/frozen/starting  of it dns   bgp   waiting   exposed   MB now       MB s");
        for (Contender contender : contenders) {
            Sample sample = contender.last();
            out.println(String.format(
                    Locale.ROOT,
                    "%-20s%17s  %9s %5s %9d %9d %8.0f %10.0f",
                    contender.policy().words(),
                    readiness(sample),
                    sample.of(Protocol.DNS).readiness(),
                    sample.of(Protocol.BGP).readiness(),
                    (int) sample.sum(KindSample::waiting),
                    (int) sample.sum(KindSample::exposed),
                    sample.sum(KindSample::megabytes),
                    sample.megabyteSeconds()));
        }
        Sample foreseen = contenders.get(contenders.size() - 1).last();
        out.println("foreseen: dns " + foretold(foreseen.of(Protocol.DNS)) + ", bgp "
                + foretold(foreseen.of(Protocol.BGP)) + " stacks soon; gate "
                + (foreseen.isForeseen() ? "open" : "shut"));
        lines = contenders.size() + 3;
    }

    private static String readiness(Sample sample) {
        return (int) sample.sum(KindSample::running) + "/" + (int) sample.sum(KindSample::frozen) + "/"
                + (int) sample.sum(KindSample::starting);
    }

    private static String foretold(KindSample sample) {
        return sample.low() == sample.high() ? "" + sample.low() : sample.low() + " to " + sample.high();
    }

    private String time(long atMillis) {
        long day = atMillis / Timetable.DAY_MILLIS;
        Timetable.Day kind = settings.timetable()
                .kindAt(Math.min(atMillis, settings.timetable().endMillis() - 1));
        return String.format(
                Locale.ROOT,
                "day %d of %d, %5.1f s%s",
                Math.min(day + 1, settings.timetable().days()),
                settings.timetable().days(),
                (atMillis - Math.min(day, settings.timetable().days() - 1) * Timetable.DAY_MILLIS) / 1000.0,
                kind == Timetable.Day.USUAL ? "" : " (" + kind.words() + ")");
    }
}

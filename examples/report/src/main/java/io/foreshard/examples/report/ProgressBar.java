package io.foreshard.examples.report;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows how far a program is: on a terminal one line that is drawn anew, elsewhere a line at each full 10 %. Plain ASCII. Time is
 * handed in, so that drawing is limited to {@value #MAX_DRAWS_PER_SECOND} times a second without reading a clock.
 *
 * <p>Confined to one thread at a time.
 */
public final class ProgressBar {

    /** The most redraws within a second. */
    public static final int MAX_DRAWS_PER_SECOND = 10;

    private static final long DRAW_INTERVAL_NANOS = 1_000_000_000L / MAX_DRAWS_PER_SECOND;
    private static final int CELLS = 30;
    private static final int LINE_STEP_PERCENT = 10;

    private final String label;
    private final long total;
    private final PrintStream out;
    private final boolean redraws;
    private final long startedAtNanos;
    private long drawnAtNanos;
    private int drawnPercent;
    private int drawnLength;
    private boolean finished;

    private ProgressBar(String label, long total, PrintStream out, boolean redraws, long nowNanos) {
        this.label = label;
        this.total = total;
        this.out = out;
        this.redraws = redraws;
        this.startedAtNanos = nowNanos;
        this.drawnAtNanos = nowNanos - DRAW_INTERVAL_NANOS;
    }

    /**
     * Returns a bar at 0 of a total; it draws nothing yet.
     *
     * @param label what is in progress, without line breaks
     * @param total the work in any unit, at least 1
     * @param out where to draw, usually {@link System#err}; stays open
     * @param redraws whether {@code out} is a terminal on which a line can be drawn anew, see {@link #isTerminal()}
     * @param nowNanos the time now, in nanoseconds of any clock
     * @throws IllegalArgumentException if the total is below 1
     */
    public static ProgressBar start(String label, long total, PrintStream out, boolean redraws, long nowNanos) {
        if (total < 1) {
            throw new IllegalArgumentException("total: " + total + " (expected: >= 1)");
        }
        return new ProgressBar(label, total, out, redraws, nowNanos);
    }

    /** Returns whether this program seems to run on a terminal that understands a carriage return. */
    public static boolean isTerminal() {
        String kind = System.getenv("TERM");
        boolean redraws = kind != null && !kind.equals("dumb");
        return redraws
                && Optional.ofNullable(System.console())
                        .map(ProgressBar::isTerminal)
                        .orElse(false);
    }

    /** Up to JDK 21 there is a console only on a terminal; later ones always have one, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /**
     * Tells how much is done, and draws when it is time to.
     *
     * @param done in the unit of the total; held within 0 and the total
     * @param nowNanos the time now, of the same clock as at the start
     */
    public void advanceTo(long done, long nowNanos) {
        if (finished) {
            return;
        }
        int percent = percentOf(Math.max(0, Math.min(total, done)));
        if (redraws) {
            redraw(percent, nowNanos);
        } else if (percent / LINE_STEP_PERCENT > drawnPercent / LINE_STEP_PERCENT) {
            drawnPercent = percent;
            out.println(label + "  " + percent + " %  " + seconds(nowNanos - startedAtNanos));
        }
    }

    /** Draws the end and moves to a new line; further calls do nothing. */
    public void finish(long nowNanos) {
        if (finished) {
            return;
        }
        drawnAtNanos = nowNanos - DRAW_INTERVAL_NANOS;
        advanceTo(total, nowNanos);
        finished = true;
        if (redraws) {
            out.println();
        }
    }

    private int percentOf(long done) {
        return (int) Math.floor(100.0 * done / total);
    }

    private void redraw(int percent, long nowNanos) {
        if (nowNanos - drawnAtNanos < DRAW_INTERVAL_NANOS) {
            return;
        }
        drawnAtNanos = nowNanos;
        String line = line(percent, nowNanos - startedAtNanos);
        out.print('\r' + line + " ".repeat(Math.max(0, drawnLength - line.length())));
        out.flush();
        drawnLength = line.length();
    }

    private String line(int percent, long elapsedNanos) {
        int full = CELLS * percent / 100;
        String bar = "#".repeat(full) + ".".repeat(CELLS - full);
        return label + "  [" + bar + "] " + percent + " %  " + seconds(elapsedNanos);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}

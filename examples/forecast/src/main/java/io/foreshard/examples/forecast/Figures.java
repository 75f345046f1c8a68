package io.foreshard.examples.forecast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How numbers and times are written for people. */
final class Figures {

    private static final String NONE = "–";
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private Figures() {}

    /** A value of a series: five digits that count, whole ones all. */
    static String amount(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double magnitude = Math.abs(value);
        if (magnitude != 0 && (magnitude >= 1e9 || magnitude < 1e-4)) {
            return String.format(Locale.ROOT, "%.4e", value);
        }
        int digits = magnitude >= 1e5 ? (int) Math.floor(Math.log10(magnitude)) + 1 : 5;
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** So many decimals that values up to a greatest one have five digits that count. */
    static int decimalsFor(double greatest) {
        return greatest > 0 && Double.isFinite(greatest)
                ? (int) Math.max(0, Math.min(9, 4 - Math.floor(Math.log10(greatest))))
                : 0;
    }

    static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        return Math.abs(value) >= 1e9
                ? String.format(Locale.ROOT, "%.4e", value)
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A share as percent. */
    static String percent(double share, int decimals) {
        return Double.isNaN(share) ? NONE : fixed(100 * share, decimals) + " %";
    }

    /** A number with its thing, in the plural when it is not one. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A time in UTC, as precise as the step needs. */
    static String time(Instant time, Duration step) {
        DateTimeFormatter form = step.toMillis() % 60_000 == 0 && time.getEpochSecond() % 60 == 0 ? MINUTES : SECONDS;
        if (step.toMillis() < 1000) {
            form = MILLIS;
        }
        return form.format(time.atOffset(ZoneOffset.UTC));
    }

    /** A length of time in the greatest unit that it is a whole number of. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return duration.toNanos() / 1e3 + " µs";
        }
        if (millis % 1000 != 0) {
            return millis + " ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return count(seconds / 86_400, "day");
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** A number of steps with the time that they take. */
    static String steps(int steps, Duration step) {
        return count(steps, "step") + " (" + duration(step.multipliedBy(steps)) + ")";
    }
}

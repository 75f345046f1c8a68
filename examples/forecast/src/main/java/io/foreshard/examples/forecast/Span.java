package io.foreshard.examples.forecast;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A stretch of time as a user writes it: a number of steps, or a time such as {@code 90s}, {@code 5m}, {@code 12h}, {@code 7d}
 * or {@code PT5M}.
 *
 * @param text as written
 * @param steps number of steps, 0 when it is a time
 * @param duration the time, zero when it is a number of steps
 */
record Span(String text, long steps, Duration duration) {

    private static final Pattern FORM = Pattern.compile("(-?\\d{1,12})\\s*(ms|s|m|min|h|d|w)?");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    /** Steps, or a time. */
    static final class Converter implements ITypeConverter<Span> {
        @Override
        public Span convert(String value) {
            return of(value);
        }
    }

    /** A time only. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Span span = of(value);
            if (span.duration.isZero() || span.duration.isNegative()) {
                throw fault(value, "a time above 0 such as 30s, 5m, 1h, 1d or PT5M");
            }
            return span.duration;
        }
    }

    static Span ofSteps(int steps) {
        return new Span(Integer.toString(steps), steps, Duration.ZERO);
    }

    private static Span of(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return new Span(value, 0, iso(value));
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return unit == null
                ? new Span(value, amount, Duration.ZERO)
                : new Span(value, 0, times(UNITS.getOrDefault(unit, Duration.ZERO), amount, value));
    }

    private static Duration times(Duration unit, long amount, String value) {
        if (Math.abs(amount) > Duration.ofDays(36_500).dividedBy(unit)) {
            throw fault(value, "at most a hundred years");
        }
        return unit.multipliedBy(amount);
    }

    private static Duration iso(String value) {
        try {
            return Duration.parse(value);
        } catch (DateTimeException e) {
            throw fault(value, "a number of steps, or a time such as 30s, 5m, 1h, 1d or PT5M");
        }
    }

    private static TypeConversionException fault(String value, String expected) {
        return new TypeConversionException(value + " (expected: " + expected + ")");
    }

    /** The nearest number of steps; 0 or less when the span is too short or negative. */
    long toSteps(Duration step) {
        return duration.isZero() ? steps : Math.round((double) duration.toMillis() / step.toNanos() * 1e6);
    }
}

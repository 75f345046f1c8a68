package io.foreshard.forecast.series;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the times of one file, whose plain numbers all have the unit that the first one tells. */
final class TimeParser {

    private static final String EXPECTED = "ISO 8601, yyyy-MM-dd HH:mm:ss, or seconds or milliseconds since the epoch";
    private static final String USUAL_FORM = "0000-00-00 00:00:00";
    private static final DateTimeFormatter TIMES = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("[ ]['T']['t']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[ ]")
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private final ZoneId zone;
    private @Nullable TimeUnit epochUnit;

    TimeParser(ZoneId zone, @Nullable TimeUnit epochUnit) {
        this.zone = zone;
        this.epochUnit = epochUnit;
    }

    boolean accepts(String text) {
        try {
            return isPlainNumber(text) || stampNanos(text) != Long.MIN_VALUE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The message of the exception says what is expected. */
    long nanos(String text) {
        long nanos = isPlainNumber(text) ? epochNanos(text) : stampNanos(text);
        if (!Times.inRange(nanos)) {
            throw new IllegalArgumentException(Times.RANGE);
        }
        return nanos;
    }

    private static boolean isPlainNumber(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            boolean allowed = (c >= '0' && c <= '9') || c == '.' || (i == 0 && c == '-');
            if (!allowed) {
                return false;
            }
        }
        return digits > 0 && text.length() <= 40;
    }

    private long epochNanos(String text) {
        BigDecimal number = decimal(text);
        TimeUnit unit = epochUnit != null ? epochUnit : unitOf(number.abs().doubleValue());
        epochUnit = unit;
        BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit.toNanos(1)));
        if (nanos.abs().compareTo(BigDecimal.valueOf(Times.MAX_NANOS)) > 0) {
            throw new IllegalArgumentException(Times.RANGE + ", numbers being " + unit + " since the epoch");
        }
        return nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    private static TimeUnit unitOf(double magnitude) {
        if (magnitude < 1e11) {
            return TimeUnit.SECONDS;
        }
        if (magnitude < 1e14) {
            return TimeUnit.MILLISECONDS;
        }
        return magnitude < 1e17 ? TimeUnit.MICROSECONDS : TimeUnit.NANOSECONDS;
    }

    private long stampNanos(String text) {
        try {
            LocalDateTime usual = usualForm(text);
            Instant instant = usual != null ? usual.atZone(zone).toInstant() : instant(parsed(text));
            if (!Times.inRange(instant)) {
                throw new IllegalArgumentException(Times.RANGE);
            }
            return Times.nanos("time", instant);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    private static TemporalAccessor parsed(String text) {
        return TIMES.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    }

    /** Reads {@code yyyy-MM-dd HH:mm:ss} some twenty times as fast as the formatter; null for any other form. */
    private static @Nullable LocalDateTime usualForm(String text) {
        if (text.length() != USUAL_FORM.length()) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char form = USUAL_FORM.charAt(i);
            char c = text.charAt(i);
            boolean fits = form == '0' ? c >= '0' && c <= '9' : c == form || (form == ' ' && c == 'T');
            if (!fits) {
                return null;
            }
        }
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, 19));
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private Instant instant(TemporalAccessor parsed) {
        if (parsed instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (parsed instanceof LocalDateTime time) {
            return time.atZone(zone).toInstant();
        }
        return LocalDate.from(parsed).atStartOfDay(zone).toInstant();
    }
}

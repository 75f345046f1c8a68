package io.foreshard.telemetry.node;

import io.foreshard.telemetry.TelemetryReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks the one value from what {@code /api/v1/query} of Prometheus answers. Stateless, any thread. */
final class PromAnswer {

    private PromAnswer() {}

    /**
     * Returns the value of a scalar, or of a vector of one series; NaN and infinities included.
     *
     * @throws AnswerException if there is none, or several, or the answer is an error or something else altogether
     */
    static double value(String text) throws AnswerException {
        Map<?, ?> answer = object(Json.read(text));
        if (!"success".equals(answer.get("status"))) {
            throw new AnswerException(
                    answer.get("status") == null ? TelemetryReason.MALFORMED : TelemetryReason.BAD_STATUS);
        }
        Map<?, ?> data = object(answer.get("data"));
        List<?> result = array(data.get("result"));
        return "vector".equals(data.get("resultType")) ? only(result) : sample(result);
    }

    private static double only(List<?> vector) throws AnswerException {
        if (vector.size() != 1) {
            throw new AnswerException(vector.isEmpty() ? TelemetryReason.MISSING_FACT : TelemetryReason.AMBIGUOUS);
        }
        return sample(array(object(vector.get(0)).get("value")));
    }

    /** Reads a pair of time and value; the time is when the query ran, not when the sample was taken, so it says nothing. */
    private static double sample(List<?> pair) throws AnswerException {
        if (pair.size() != 2 || !(pair.get(0) instanceof Double) || !(pair.get(1) instanceof String value)) {
            throw malformed();
        }
        return number(value);
    }

    private static double number(String value) throws AnswerException {
        return switch (value) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> finite(Numbers.parse(value));
        };
    }

    private static double finite(double value) throws AnswerException {
        if (Double.isNaN(value)) {
            throw malformed();
        }
        return value;
    }

    private static Map<?, ?> object(@Nullable Object value) throws AnswerException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw malformed();
    }

    private static List<?> array(@Nullable Object value) throws AnswerException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw malformed();
    }

    private static AnswerException malformed() {
        return new AnswerException(TelemetryReason.MALFORMED);
    }
}

package io.foreshard.jmh.fairness;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what iperf3 says with {@code -J}. */
final class IperfReport {

    private static final Pattern RECEIVED =
            Pattern.compile("\"sum_received\"\\s*:\\s*\\{[^}]*\"bits_per_second\"\\s*:\\s*([0-9.eE+]+)");

    private IperfReport() {}

    /** Returns the goodput in megabits per second, or {@link Double#NaN} when the report has none. */
    static double megabits(String json) {
        Matcher matcher = RECEIVED.matcher(json);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) / 1e6 : Double.NaN;
    }
}

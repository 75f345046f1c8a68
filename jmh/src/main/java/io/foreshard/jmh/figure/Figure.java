package io.foreshard.jmh.figure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One measured condition.
 *
 * @param name the figure's, or {@code figure/case}
 * @param value in {@code unit}; {@link Double#NaN} when it was not measured
 * @param unit without spaces
 * @param target what is to reach
 * @param peers what the others reached; may be empty
 */
public record Figure(String name, double value, String unit, Target target, List<Peer> peers) {

    /** Copies the list of peers. */
    public Figure {
        peers = List.copyOf(peers);
    }

    /** Returns a figure that was not measured. */
    public static Figure open(String name, String unit, Target target, Peer... peers) {
        return new Figure(name, Double.NaN, unit, target, List.of(peers));
    }

    /** Returns {@code ok}, {@code short} or, when it was not measured, {@code open}. */
    public String status() {
        if (Double.isNaN(value)) {
            return "open";
        }
        return target.isMetBy(value) ? "ok" : "short";
    }

    /** Returns the line that tools read: {@code FIGURE name value unit target op number peers peer=value,… status}. */
    public String line() {
        String others = peers.isEmpty() ? "-" : peers.stream().map(Peer::text).collect(Collectors.joining(","));
        return String.join(
                " ",
                "FIGURE",
                name,
                Decimals.text(value),
                unit,
                "target",
                target.operator(),
                Decimals.text(target.number()),
                "peers",
                others,
                status());
    }
}

package io.foreshard.jmh.figure;

/**
 * What somebody else, or a part of ours, reached in the same run.
 *
 * @param name kebab-case, with the unit where it is not the figure's
 * @param value {@link Double#NaN} where it was skipped
 * @param reason why it was skipped, else empty
 */
public record Peer(String name, double value, String reason) {

    /** Returns a peer that ran. */
    public static Peer of(String name, double value) {
        return Double.isNaN(value) ? skipped(name, "no value") : new Peer(name, value, "");
    }

    /** Returns a peer that could not run. */
    public static Peer skipped(String name, String reason) {
        return new Peer(name, Double.NaN, reason);
    }

    /** Returns whether the peer ran. */
    public boolean ran() {
        return reason.isEmpty();
    }

    /** Commas and spaces separate the parts of a line, so a reason has none. */
    String text() {
        return name + "=" + (ran() ? Decimals.text(value) : "skipped(" + reason.replaceAll("[\\s,()]+", "-") + ")");
    }
}

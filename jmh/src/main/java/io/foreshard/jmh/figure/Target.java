package io.foreshard.jmh.figure;

/**
 * What a figure has to reach.
 *
 * @param operator {@code <=} or {@code >=}
 * @param number in the unit of the figure
 */
public record Target(String operator, double number) {

    /** Returns a target that holds up to a number, the number included. */
    public static Target atMost(double number) {
        return new Target("<=", number);
    }

    /** Returns a target that holds from a number on, the number included. */
    public static Target atLeast(double number) {
        return new Target(">=", number);
    }

    boolean isMetBy(double value) {
        return operator.equals("<=") ? value <= number : value >= number;
    }
}

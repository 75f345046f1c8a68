package io.foreshard.forecast;

import java.util.Arrays;

/** Reads the settings of providers. */
final class SettingText {

    private SettingText() {}

    static double[] numbers(String name, String value) {
        if (value.isBlank()) {
            return new double[0];
        }
        return Arrays.stream(value.split(",", -1))
                .mapToDouble(item -> number(name, item.strip()))
                .toArray();
    }

    static double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a number)", e);
        }
    }

    static int[] wholeNumbers(String name, String value) {
        if (value.isBlank()) {
            return new int[0];
        }
        return Arrays.stream(value.split(",", -1))
                .mapToInt(item -> wholeNumber(name, item.strip()))
                .toArray();
    }

    static int wholeNumber(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a whole number)", e);
        }
    }

    static long largeWholeNumber(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a whole number)", e);
        }
    }

    static boolean truth(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + ": " + value + " (expected: true or false)");
        };
    }
}

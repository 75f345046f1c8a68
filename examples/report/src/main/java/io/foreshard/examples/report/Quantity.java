package io.foreshard.examples.report;

import java.util.Locale;

/** How the numbers of an axis are written: its unit with the prefix that suits the greatest of them. */
final class Quantity {

    private static final String[] PREFIXES = {"n", "µ", "m", "", "k", "M", "G", "T", "P"};
    private static final int PLAIN = 3;

    private final String unit;
    private final int prefix;

    private Quantity(String unit, int prefix) {
        this.unit = unit;
        this.prefix = prefix;
    }

    /** Seconds get the prefixes below 1, bytes, bits and hertz those above; other units stay as they are. */
    static Quantity of(String unit, double greatest) {
        int least = unit.equals("s") ? 0 : PLAIN;
        boolean grows = unit.equals("Hz") || unit.matches("(B|bit)(/.*)?");
        int most = grows ? PREFIXES.length - 1 : PLAIN;
        int wanted = greatest > 0 ? (int) Math.floor(Math.log10(greatest) / 3 + 1e-9) + PLAIN : PLAIN;
        return new Quantity(unit, Math.max(least, Math.min(most, wanted)));
    }

    String unit() {
        return PREFIXES[prefix] + unit;
    }

    /** Writes a value to the precision of a step; very large and very small ones in scientific notation. */
    String format(double value, double step) {
        double factor = Math.pow(1000, PLAIN - prefix);
        double shown = value * factor;
        double shownStep = step * factor;
        double magnitude = Math.max(Math.abs(shown), shownStep);
        if (magnitude >= 1e6 || shownStep < 1e-5) {
            return scientific(shown);
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(shownStep) - 1e-9));
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", shown == 0 ? 0.0 : shown);
        return text.replace(',', '\u202f').replace('-', '−');
    }

    private static String scientific(double value) {
        if (value == 0) {
            return "0";
        }
        String text = String.format(Locale.ROOT, "%.2e", value);
        return text.replaceFirst("\\.?0*e", "e")
                .replaceFirst("e([+-])0*(\\d)", "e$1$2")
                .replace("e+", "e")
                .replace('-', '−');
    }
}

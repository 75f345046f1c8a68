package io.foreshard.jmh.figure;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them: four significant digits, never an exponent. */
final class Decimals {

    private static final MathContext DIGITS = new MathContext(4);

    private Decimals() {}

    static String text(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}

package io.foreshard.forecast.theta;

import java.util.function.DoubleUnaryOperator;

/** Looks for the least value of a function of one gain: a grid, since there may be several minima, then the golden section. */
final class GainSearch {

    private static final int GRID = 16;
    private static final int SECTIONS = 28;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private GainSearch() {}

    static double minimum(DoubleUnaryOperator loss, double low, double high) {
        double step = (high - low) / GRID;
        double best = low;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double at = i == GRID ? high : low + i * step;
            double value = loss.applyAsDouble(at);
            if (value < least) {
                least = value;
                best = at;
            }
        }
        double found = golden(loss, Math.max(low, best - step), Math.min(high, best + step));
        return loss.applyAsDouble(found) < least ? found : best;
    }

    private static double golden(DoubleUnaryOperator loss, double from, double to) {
        double low = from;
        double high = to;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double leftLoss = loss.applyAsDouble(left);
        double rightLoss = loss.applyAsDouble(right);
        for (int i = 0; i < SECTIONS; i++) {
            if (leftLoss <= rightLoss) {
                high = right;
                right = left;
                rightLoss = leftLoss;
                left = high - GOLDEN * (high - low);
                leftLoss = loss.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                leftLoss = rightLoss;
                right = low + GOLDEN * (high - low);
                rightLoss = loss.applyAsDouble(right);
            }
        }
        return leftLoss <= rightLoss ? left : right;
    }
}

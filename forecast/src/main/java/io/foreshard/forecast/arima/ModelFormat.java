package io.foreshard.forecast.arima;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How a model is written: its parameters, then the whole state of its filter, each double by its bits. */
final class ModelFormat {

    private ModelFormat() {}

    static void write(DataOutput out, double[] values) throws IOException {
        out.writeByte(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static ArimaCoefficients readCoefficients(DataInput in) throws IOException {
        try {
            int differences = in.readUnsignedByte();
            double[] ar = read(in, ArimaOrder.MAX_LAGS);
            double[] ma = read(in, ArimaOrder.MAX_LAGS);
            boolean hasConstant = in.readBoolean();
            double constant = in.readDouble();
            ArimaCoefficients coefficients = ArimaCoefficients.of(ar, differences, ma);
            return hasConstant ? coefficients.withConstant(constant) : coefficients;
        } catch (IllegalArgumentException e) {
            throw new IOException("not an ARIMA model: " + e.getMessage(), e);
        }
    }

    private static double[] read(DataInput in, int max) throws IOException {
        int count = in.readUnsignedByte();
        if (count > max) {
            throw new IOException("lags: " + count + " (expected: at most " + max + ")");
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    static void writeFilter(DataOutput out, ArimaFilter filter) throws IOException {
        out.writeByte(filter.begun);
        out.writeByte(filter.observedInARow);
        out.writeBoolean(filter.limitReached);
        out.writeDouble(filter.next);
        writeAll(out, filter.state);
        writeAll(out, filter.covariance);
    }

    static void readFilter(DataInput in, ArimaFilter filter) throws IOException {
        filter.begun = upTo(filter.differences, in.readUnsignedByte());
        filter.observedInARow = upTo(filter.differences, in.readUnsignedByte());
        filter.limitReached = in.readBoolean();
        filter.next = finite(in);
        readAll(in, filter.state);
        readAll(in, filter.covariance);
    }

    private static int upTo(int max, int value) throws IOException {
        if (value > max) {
            throw new IOException("samples: " + value + " (expected: at most " + max + ")");
        }
        return value;
    }

    private static void writeAll(DataOutput out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static void readAll(DataInput in, double[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = finite(in);
        }
    }

    private static double finite(DataInput in) throws IOException {
        double value = in.readDouble();
        if (!Double.isFinite(value)) {
            throw new IOException("value: " + value + " (expected: finite)");
        }
        return value;
    }
}

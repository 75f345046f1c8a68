package io.foreshard.forecast.theta;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A trend line over the steps 1, 2, …; with each sample added it is the regression line (Fiorucci et al. 2016, equations 18 to 20). */
final class Line {

    private double intercept;
    private double slope;
    private double mean;
    private long count;

    /** A line that is 0, before the first sample. */
    Line() {}

    Line(double intercept, double slope) {
        this.intercept = intercept;
        this.slope = slope;
    }

    void add(double sample) {
        count++;
        double change = sample - mean;
        if (count > 1) {
            slope = ((count - 2) * slope + 6 * change / count) / (count + 1);
        }
        mean += change / count;
        intercept = mean - slope * (count + 1) / 2;
    }

    /** Goes back to 0, but stays as slow to move as it is. */
    void flatten() {
        intercept = 0;
        slope = 0;
        mean = 0;
    }

    /** At step 0. */
    double intercept() {
        return intercept;
    }

    double slope() {
        return slope;
    }

    Line copy() {
        Line copy = new Line(intercept, slope);
        copy.mean = mean;
        copy.count = count;
        return copy;
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(intercept);
        out.writeDouble(slope);
        out.writeDouble(mean);
        out.writeLong(count);
    }

    static Line load(DataInput in) throws IOException {
        Line line = new Line(Saved.moderate(in, "intercept"), Saved.moderate(in, "slope"));
        line.mean = Saved.moderate(in, "mean");
        line.count = Saved.count(in, "count");
        return line;
    }
}

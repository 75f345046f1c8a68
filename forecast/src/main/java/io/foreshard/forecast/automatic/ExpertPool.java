package io.foreshard.forecast.automatic;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Several models that forecast the same series, combined by a weighted median whose weights follow how well each of them
 * forecast lately, horizon by horizon. The combination is measured beside them: where it does worse than a benchmark,
 * the best of those alone is the forecast.
 */
final class ExpertPool implements StreamingModel {

    private static final int VERSION = 1;
    private static final int MAX_MEMBERS = 64;
    /** Errors one step ahead are averaged over this many steps before they count as one window. */
    private static final int NEAR_WINDOW_STEPS = 8;

    private final StreamingModel[] members;
    private final int benchmarks;
    private final GroupScores[] scores;
    private final ForecastWindows windows;
    private final WeightedMedian median;
    private final double[] nearErrors;
    private int nearSteps;
    private final double[] nextOf;
    /** What the members say of the scored steps, and of as many as were asked for last: so updates between do not allocate. */
    private final double[][] scored;

    private final double[][] asked;
    /** Whether the weights rest and only the combination is compared with the benchmarks. */
    private boolean onTrial;

    /**
     * @param members the models, at least one, owned by the pool from now on
     * @param benchmarks how many of the first members are those that the combination must not lose to, at least one
     * @param horizonSteps how many steps ahead the members are scored
     */
    ExpertPool(StreamingModel[] members, int benchmarks, int horizonSteps) {
        this(members, benchmarks, noScores(members.length, benchmarks), windows(members.length, horizonSteps));
    }

    private ExpertPool(StreamingModel[] members, int benchmarks, GroupScores[] scores, ForecastWindows windows) {
        this.members = members;
        this.benchmarks = benchmarks;
        this.scores = scores;
        this.windows = windows;
        median = new WeightedMedian(members.length);
        nearErrors = new double[members.length + 1];
        nextOf = new double[members.length];
        scored = new double[members.length][windows.horizonSteps()];
        asked = new double[members.length][0];
    }

    private static GroupScores[] noScores(int members, int benchmarks) {
        GroupScores[] scores = new GroupScores[HorizonGroups.COUNT];
        Arrays.setAll(scores, group -> new GroupScores(members, benchmarks));
        return scores;
    }

    private static ForecastWindows windows(int members, int horizonSteps) {
        return new ForecastWindows(members + 1, horizonSteps);
    }

    /** The weights found so far on other models of the same kinds, resting, to try the combination out with them. */
    ExpertPool onTrial(StreamingModel[] others) {
        GroupScores[] untried = new GroupScores[scores.length];
        Arrays.setAll(untried, group -> scores[group].beforeTrial());
        ExpertPool pool = new ExpertPool(others, benchmarks, untried, windows(others.length, windows.horizonSteps()));
        pool.onTrial = true;
        return pool;
    }

    /** The records of some members, all benchmarks first, for models in the same order. */
    ExpertPool of(int[] chosen, StreamingModel[] models) {
        GroupScores[] kept = new GroupScores[scores.length];
        Arrays.setAll(kept, group -> scores[group].of(chosen));
        int[] withCombination = Arrays.copyOf(chosen, chosen.length + 1);
        withCombination[chosen.length] = members.length;
        return new ExpertPool(models, benchmarks, kept, windows.of(withCombination));
    }

    StreamingModel member(int index) {
        return members[index];
    }

    int size() {
        return members.length;
    }

    /** The weight of a member at a step, 0 for all but the benchmark that took over. */
    double weight(int member, int step) {
        GroupScores group = scoresOf(step);
        if (group.ruler() >= 0) {
            return member == group.ruler() ? 1 : 0;
        }
        return group.weights()[member];
    }

    /** The geometric mean of a member's absolute errors at a step, NaN when not known. */
    double error(int member, int step) {
        return scoresOf(step).error(member);
    }

    /** Horizons that were not scored are judged like the farthest that were. */
    private GroupScores scoresOf(int step) {
        return scores[HorizonGroups.of(Math.min(step, windows.horizonSteps()))];
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder("weighted median of");
        for (StreamingModel member : members) {
            text.append(' ').append(member.description()).append(';');
        }
        return text.substring(0, text.length() - 1);
    }

    @Override
    public void update(double sample) {
        scoreNear(sample);
        windows.observe(sample, scores, onTrial);
        for (StreamingModel member : members) {
            member.update(sample);
        }
        lookAhead();
    }

    @Override
    public void skip() {
        windows.observe(Double.NaN, scores, onTrial);
        for (StreamingModel member : members) {
            member.skip();
        }
        lookAhead();
    }

    private void scoreNear(double sample) {
        nearErrors[members.length] += Math.abs(sample - next()) / NEAR_WINDOW_STEPS;
        for (int member = 0; member < members.length; member++) {
            nearErrors[member] += Math.abs(sample - nextOf[member]) / NEAR_WINDOW_STEPS;
        }
        if (++nearSteps == NEAR_WINDOW_STEPS) {
            if (onTrial) {
                scores[0].compare(nearErrors);
            } else {
                scores[0].learn(nearErrors);
            }
            Arrays.fill(nearErrors, 0);
            nearSteps = 0;
        }
    }

    private void lookAhead() {
        double[][] forecasts = windows.due();
        if (forecasts.length > 0) {
            for (int member = 0; member < members.length; member++) {
                members[member].forecast(forecasts[member]);
            }
            combine(forecasts, forecasts[members.length]);
        }
    }

    private void combine(double[][] forecasts, double[] combined) {
        for (int step = 0; step < combined.length; step++) {
            for (int member = 0; member < members.length; member++) {
                nextOf[member] = forecasts[member][step];
            }
            combined[step] = combined(scoresOf(step + 1));
        }
    }

    /** What the members say, combined. */
    private double combined(GroupScores group) {
        int ruler = onTrial ? -1 : group.ruler();
        if (ruler >= 0) {
            return nextOf[ruler];
        }
        median.clear();
        for (int member = 0; member < members.length; member++) {
            median.add(nextOf[member], group.weights()[member]);
        }
        return median.get();
    }

    @Override
    public double next() {
        for (int member = 0; member < members.length; member++) {
            nextOf[member] = members[member].next();
        }
        return combined(scores[0]);
    }

    @Override
    public void forecast(double[] mean) {
        double[][] ahead = scratch(mean.length);
        for (int member = 0; member < members.length; member++) {
            members[member].forecast(ahead[member]);
        }
        combine(ahead, mean);
    }

    private double[][] scratch(int steps) {
        if (steps == windows.horizonSteps()) {
            return scored;
        }
        if (asked[0].length != steps) {
            Arrays.setAll(asked, member -> new double[steps]);
        }
        return asked;
    }

    /** {@inheritDoc} The members' growth, averaged by weight. */
    @Override
    public void errorGrowth(double[] factors) {
        double[] ofMember = scratch(factors.length)[0];
        Arrays.fill(factors, 0);
        for (int member = 0; member < members.length; member++) {
            members[member].errorGrowth(ofMember);
            for (int step = 1; step < factors.length; step++) {
                factors[step] += weight(member, step + 1) * ofMember[step];
            }
        }
        for (int step = 0; step < factors.length; step++) {
            factors[step] = Math.max(1, factors[step]);
        }
    }

    @Override
    public StreamingModel copy() {
        StreamingModel[] copies = new StreamingModel[members.length];
        Arrays.setAll(copies, member -> members[member].copy());
        int[] all = new int[members.length];
        Arrays.setAll(all, member -> member);
        ExpertPool copy = of(all, copies);
        System.arraycopy(nearErrors, 0, copy.nearErrors, 0, nearErrors.length);
        copy.nearSteps = nearSteps;
        copy.onTrial = onTrial;
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(members.length);
        out.writeInt(benchmarks);
        for (StreamingModel member : members) {
            ModelCodec.write(member, out);
        }
        for (GroupScores group : scores) {
            group.save(out);
        }
        windows.save(out);
        out.writeInt(nearSteps);
        for (double error : nearErrors) {
            out.writeDouble(error);
        }
    }

    static ExpertPool load(DataInput in) throws IOException {
        int version = in.readByte();
        int size = in.readInt();
        int benchmarks = in.readInt();
        if (version != VERSION || size < 1 || size > MAX_MEMBERS || benchmarks < 1 || benchmarks > size) {
            throw new IOException("pool: version " + version + " of " + size + " (expected: version " + VERSION + ")");
        }
        StreamingModel[] members = new StreamingModel[size];
        for (int member = 0; member < size; member++) {
            members[member] = ModelCodec.read(in);
        }
        GroupScores[] scores = new GroupScores[HorizonGroups.COUNT];
        for (int group = 0; group < scores.length; group++) {
            scores[group] = GroupScores.load(in, size, benchmarks);
        }
        ExpertPool pool = new ExpertPool(members, benchmarks, scores, ForecastWindows.load(in, size + 1));
        pool.nearSteps = Saved.between(in, "nearSteps", 0, NEAR_WINDOW_STEPS - 1);
        Saved.finite(in, "nearErrors", pool.nearErrors);
        return pool;
    }
}

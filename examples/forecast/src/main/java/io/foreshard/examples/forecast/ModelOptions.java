package io.foreshard.examples.forecast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is asked of a series. */
final class ModelOptions {

    private static final int MOST_STEPS = 4096;
    private static final int MOST_PERIOD = 1_000_000;
    private static final int DEFAULT_HORIZON = 24;
    private static final int LONGEST_DEFAULT_DAY = 48;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--horizon",
            paramLabel = "SPAN",
            converter = Span.Converter.class,
            description =
                    "How far ahead, in steps (48) or as a time (12h). Default: a day of 12 to 48 steps, else 24 steps,"
                            + " at most a quarter of the series.")
    private @Nullable Span horizon;

    @Option(
            names = "--period",
            paramLabel = "SPAN",
            converter = Span.Converter.class,
            description =
                    "Length of a season, in steps (24) or as a time (1d); can be given twice. Default: up to two that the"
                            + " series shows.")
    private List<Span> periods = new ArrayList<>();

    @Option(
            names = "--origins",
            paramLabel = "N",
            description = "Most windows of the back-test, each as long as the horizon. Default: ${DEFAULT-VALUE}.")
    private int origins = 8;

    @Option(names = "--non-negative", description = "The series cannot fall below 0.")
    private boolean nonNegative;

    /** Filled by the command line. */
    ModelOptions() {}

    /** What can be said without a series, to be said before one is read. */
    void check() {
        require(origins >= 1 && origins <= 1000, "--origins", origins, "1…1000");
        require(periods.size() <= 2, "--period", periods.size() + " times", "at most twice");
        if (horizon != null) {
            Span span = horizon;
            boolean positive = span.steps() > 0 || span.duration().compareTo(Duration.ZERO) > 0;
            require(positive && span.steps() <= MOST_STEPS, "--horizon", span.text(), horizonRange());
        }
    }

    Question question(Source source, List<Double> coverages) {
        check();
        return new Question(horizonSteps(source), periodSteps(source.step()), coverages, nonNegative, origins);
    }

    private static String horizonRange() {
        return "1…" + MOST_STEPS + " steps, or a time such as 12h";
    }

    private int horizonSteps(Source source) {
        if (horizon == null) {
            return defaultHorizon(source);
        }
        long steps = horizon.toSteps(source.step());
        require(steps >= 1 && steps <= MOST_STEPS, "--horizon", horizon.text(), horizonRange());
        return (int) steps;
    }

    private static int defaultHorizon(Source source) {
        long day = Duration.ofDays(1).toNanos() / source.step().toNanos();
        long wanted = day >= DEFAULT_HORIZON / 2 && day <= LONGEST_DEFAULT_DAY ? day : DEFAULT_HORIZON;
        return (int) Math.max(1, Math.min(wanted, source.series().length() / 4));
    }

    private List<Integer> periodSteps(Duration step) {
        List<Integer> steps = new ArrayList<>();
        for (Span period : periods) {
            long length = period.toSteps(step);
            require(
                    length >= 2 && length <= MOST_PERIOD,
                    "--period",
                    period.text(),
                    "2…" + MOST_PERIOD + " steps of " + Figures.duration(step) + ", or a time such as 1d");
            steps.add((int) length);
        }
        return steps.stream().distinct().sorted().toList();
    }

    private void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            CommandLine line = spec.commandLine();
            throw new ParameterException(line, name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

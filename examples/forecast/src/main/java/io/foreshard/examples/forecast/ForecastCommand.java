package io.foreshard.examples.forecast;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Forecasts one file. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Forecasts a series from a CSV file: says what was repaired, which model was chosen and why, how well it did in a"
                    + " back-test against simple methods, and what is expected next.",
            "Writes a self-contained HTML report. Without a file it forecasts a built-in series."
        },
        footer = {"", "Exit codes: 0 done, 1 the file could not be forecast, 2 a wrong argument."})
final class ForecastCommand implements Callable<Integer> {

    private static final Path DEFAULT_REPORT = Path.of("target", "forecast.html");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.csv",
            description =
                    "A time and a value per line, plain or gzip. Times: ISO 8601, yyyy-MM-dd HH:mm:ss, or numbers since 1970.")
    private @Nullable Path file;

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--level",
            paramLabel = "PERCENT",
            split = ",",
            description = "Coverage of a band; can be repeated. Default: 50,80,95.")
    private List<Double> percents = List.of(50.0, 80.0, 95.0);

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Where to write the report. Default: target/forecast.html, none with --json.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print JSON (schema " + AnswerJson.SCHEMA + ") and nothing else.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    /** Made by the command line. */
    ForecastCommand() {}

    @Override
    public Integer call() throws IOException {
        model.check();
        List<Double> coverages = coverages();
        Source source = source();
        Question question = model.question(source, coverages);
        Progress progress = Progress.start("forecast", quiet);
        Answer answer = new Investigation(source, question, progress::advanceTo).run();
        progress.finish();
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? AnswerJson.of(answer) : AnswerText.of(answer));
        Path page = report != null || json ? report : DEFAULT_REPORT;
        if (page != null) {
            AnswerPage.of(answer).writeTo(page);
            if (!json) {
                out.println("\nReport: " + page.toAbsolutePath());
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private Source source() throws IOException {
        if (file == null) {
            return Source.of(DemoSeries.NAME, DemoSeries.make());
        }
        require(Files.isRegularFile(file) && Files.isReadable(file), "FILE.csv", file, "a readable file");
        return series.read(file, String.valueOf(file.getFileName()));
    }

    private List<Double> coverages() {
        for (double percent : percents) {
            require(percent >= 1 && percent <= 99.9, "--level", percent, "1…99.9, in per cent");
        }
        return Question.ascending(
                percents.stream().mapToDouble(percent -> percent / 100).toArray());
    }

    private void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

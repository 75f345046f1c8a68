package io.foreshard.examples.forecast;

import io.foreshard.examples.report.FaultText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Back-tests all files of a folder. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Back-tests forecasts on every .csv and .csv.gz below a folder: one row a series, with the error of the automatic"
                    + " forecaster beside those of simple methods on the same windows.",
            "Files that are no series are named and left out."
        },
        footer = {"", "Exit codes: 0 done, 1 no file could be back-tested, 2 a wrong argument."})
final class BacktestCommand implements Callable<Integer> {

    private static final Path DEFAULT_REPORT = Path.of("target", "backtest.html");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "A folder with CSV files, also in folders below it.")
    private Path directory = Path.of("");

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Where to write the report. Default: target/backtest.html, none with --json.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print JSON (schema " + FolderJson.SCHEMA + ") and nothing else.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    /** Made by the command line. */
    BacktestCommand() {}

    @Override
    public Integer call() throws IOException {
        model.check();
        FolderAnswer answer = answer(new Folder(directory), files());
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? FolderJson.of(answer) : FolderText.of(answer));
        Path page = report != null || json ? report : DEFAULT_REPORT;
        if (page != null && !answer.series().isEmpty()) {
            FolderPage.of(answer).writeTo(page);
            if (!json) {
                out.println("\nReport: " + page.toAbsolutePath());
            }
        }
        out.flush();
        return answer.series().isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private List<Path> files() throws IOException {
        require(Files.isDirectory(directory) && Files.isReadable(directory), "a readable folder");
        try {
            List<Path> files = new Folder(directory).files();
            require(!files.isEmpty(), "a folder with .csv or .csv.gz files in it");
            return files;
        } catch (UncheckedIOException e) {
            throw new IOException("DIR: " + directory + ": " + FaultText.of(e), e);
        }
    }

    private FolderAnswer answer(Folder folder, List<Path> files) {
        List<SeriesScore> scores = new ArrayList<>();
        List<FolderAnswer.Skipped> skipped = new ArrayList<>();
        Progress progress = Progress.start("backtest", quiet);
        for (Path file : files) {
            String name = folder.name(file);
            try {
                Source source = series.read(file, name);
                scores.add(new SeriesTest(source, model.question(source, List.of(Question.SCORED_COVERAGE))).run());
            } catch (ParameterException e) {
                skipped.add(new FolderAnswer.Skipped(name, withoutPath(String.valueOf(e.getMessage()), file)));
            } catch (IOException | IllegalArgumentException e) {
                skipped.add(new FolderAnswer.Skipped(name, withoutPath(FaultText.of(e), file)));
            }
            progress.advanceTo((scores.size() + skipped.size()) / (double) files.size());
        }
        progress.finish();
        return new FolderAnswer(directory.toString(), scores, skipped);
    }

    private static String withoutPath(String message, Path file) {
        return message.startsWith(file + ":")
                ? message.substring(file.toString().length() + 1).strip()
                : message;
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), "DIR: " + directory + " (expected: " + expected + ")");
        }
    }
}

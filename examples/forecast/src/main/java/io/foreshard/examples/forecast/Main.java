package io.foreshard.examples.forecast;

import io.foreshard.examples.report.FaultText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Reads the arguments and runs a command. */
@Command(
        name = "forecast-example",
        mixinStandardHelpOptions = true,
        version = "foreshard forecast-example 0.1.0",
        description =
                "Forecasts series from CSV files and tells how far to trust it. Without a command it forecasts a built-in series.",
        subcommands = {ForecastCommand.class, BacktestCommand.class},
        footer = {
            "",
            "Examples:",
            "  forecast requests.csv.gz --horizon 1d",
            "  forecast cpu.csv --column value --level 90 --json",
            "  backtest folder --horizon 24"
        })
public final class Main {

    /** Made by the command line. */
    Main() {}

    /**
     * Runs the program; exits with 0 when it is done, 1 when a file could not be forecast, 2 for wrong arguments.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        int exit = run(System.out, System.err, arguments);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((fault, args) -> {
            err.println(
                    FaultText.printable(name(fault.getCommandLine()) + ": " + fault.getMessage() + " (see --help)"));
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((fault, command, result) -> {
            err.println(FaultText.printable(name(command) + ": " + FaultText.of(fault)));
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(arguments.length == 0 ? new String[] {"forecast"} : arguments);
    }

    private static String name(CommandLine command) {
        return command.getCommandName();
    }
}

package io.foreshard.examples.harness;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs an example from its command line; what goes wrong is said in one line. Stateless. */
public final class Program {

    private Program() {}

    /**
     * Runs a program as this JVM's own, and ends the JVM if it fails.
     *
     * @param command annotated as a command with a name
     * @param arguments of the command line
     */
    public static void main(Object command, String... arguments) {
        int exit = run(command, System.out, System.err, arguments);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /**
     * Runs a program.
     *
     * @param command annotated as a command with a name
     * @param out takes what it prints
     * @param err takes what goes wrong, and what it prints meanwhile
     * @param arguments of the command line
     * @return what the command returned, 1 when it failed, 2 for bad arguments
     */
    public static int run(Object command, PrintStream out, PrintStream err, String... arguments) {
        CommandLine line = new CommandLine(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((fault, args) -> {
            err.println(line.getCommandName() + ": " + fault.getMessage() + " (see --help)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((fault, failed, result) -> {
            err.println(line.getCommandName() + ": " + fault.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(arguments);
    }

    /**
     * Requires something of an argument.
     *
     * @param spec of the command that is being run
     * @param holds whether it is so
     * @param name of the argument
     * @param value of the argument
     * @param expected what would be right
     * @throws ParameterException if it is not so
     */
    public static void require(CommandSpec spec, boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), name + ": " + value + " (expected: " + expected + ")");
        }
    }
}

package io.foreshard.examples.harness;

import io.foreshard.examples.report.FaultText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * An example on its command line: a subclass is annotated as a command with a name, its fields as options, and {@link #call()} returns the
 * exit code. What goes wrong is said in one line.
 */
public abstract class Program implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For subclasses. */
    protected Program() {}

    /**
     * Runs this as the JVM's own program, and ends the JVM if it fails.
     *
     * @param arguments of the command line
     */
    protected final void runAsMain(String... arguments) {
        int exit = run(System.out, System.err, arguments);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /**
     * Runs this.
     *
     * @param out takes what it prints
     * @param err takes what goes wrong, and what it prints meanwhile
     * @param arguments of the command line
     * @return what {@link #call()} returned, 1 when it failed, 2 for bad arguments
     */
    public final int run(PrintStream out, PrintStream err, String... arguments) {
        CommandLine line = new CommandLine(this);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((fault, args) -> {
            err.println(FaultText.printable(line.getCommandName() + ": " + fault.getMessage() + " (see --help)"));
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((fault, failed, result) -> {
            err.println(FaultText.printable(line.getCommandName() + ": " + FaultText.of(fault)));
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(arguments);
    }

    /** Returns where results go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Returns where progress goes. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * Requires something of an argument.
     *
     * @param holds whether it is so
     * @param name of the argument
     * @param value of the argument
     * @param expected what would be right
     * @throws ParameterException if it is not so
     */
    protected final void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Requires a number to be in a range.
     *
     * @param name of the argument
     * @param value of the argument; no number is in no range
     * @param least the smallest right one
     * @param most the largest right one
     * @throws ParameterException if it is not in the range
     */
    protected final void requireRange(String name, Number value, Number least, Number most) {
        double number = value.doubleValue();
        require(number >= least.doubleValue() && number <= most.doubleValue(), name, value, least + "…" + most);
    }

    /**
     * Requires a file that can be read and is not empty.
     *
     * @param name of the argument
     * @param file of the argument
     * @return its bytes
     * @throws ParameterException if there is none
     * @throws IOException if the file system fails
     */
    protected final long requireFile(String name, Path file) throws IOException {
        require(Files.isRegularFile(file) && Files.isReadable(file), name, file, "a readable file");
        long bytes = Files.size(file);
        require(bytes > 0, name, file, "not empty");
        return bytes;
    }

    /**
     * Requires a folder that can be written to, and makes it if it is not there: to be called before anything that takes long.
     *
     * @param name of the argument
     * @param folder of the argument
     * @return the folder, absolute
     * @throws ParameterException if there is none and none can be made
     */
    protected final Path requireFolder(String name, Path folder) {
        Path made = folder.toAbsolutePath().normalize();
        boolean isUsable;
        try {
            isUsable = Files.isWritable(Files.createDirectories(made));
        } catch (IOException refused) {
            isUsable = false;
        }
        require(isUsable, name, made, "a folder that can be written to");
        return made;
    }

    /**
     * Returns the exit code of a program that ran to its end.
     *
     * @param isRight whether what it did is what it should have done
     */
    protected static int exitCode(boolean isRight) {
        return isRight ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}

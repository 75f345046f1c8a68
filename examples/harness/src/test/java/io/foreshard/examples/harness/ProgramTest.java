package io.foreshard.examples.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class ProgramTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Command(name = "halve", mixinStandardHelpOptions = true)
    private static final class Halve implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--number")
        private int number = 8;

        @Override
        public Integer call() throws IOException {
            Program.require(spec, number % 2 == 0, "--number", number, "even");
            if (number == 0) {
                throw new IOException("nothing to halve");
            }
            spec.commandLine().getOut().println(number / 2 + " ½");
            return number == 4 ? 5 : 0;
        }
    }

    private int run(String... arguments) {
        return Program.run(new Halve(), print(out), print(err), arguments);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream of) {
        return of.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void printsAndReturnsWhatTheCommandDoes() {
        assertEquals(0, run());
        assertEquals("4 ½", text(out));
        assertEquals(5, run("--number", "4"));
        assertEquals("", text(err));
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--number", "3"));
        assertEquals("halve: --number: 3 (expected: even) (see --help)", text(err));
    }

    @Test
    void saysInOneLineThatAnOptionIsUnknown() {
        assertEquals(2, run("--speed", "9"));
        assertEquals(1, text(err).lines().count(), () -> text(err));
    }

    @Test
    void saysInOneLineWhyItFailed() {
        assertEquals(1, run("--number", "0"));
        assertEquals("halve: nothing to halve", text(err));
    }

    @Test
    void explainsItself() {
        assertEquals(0, run("--help"));
        assertTrue(text(out).contains("--number"), () -> text(out));
    }
}

package io.foreshard.examples.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ProgramTest {

    private final Transcript said = new Transcript();

    @Command(name = "halve", mixinStandardHelpOptions = true)
    private static final class Halve extends Program {

        @Option(names = "--number")
        private int number = 8;

        @Override
        public Integer call() throws IOException {
            require(number % 2 == 0, "--number", number, "even");
            if (number == 0) {
                throw new IOException("nothing to halve");
            }
            out().println(number / 2 + " ½");
            return number == 4 ? 5 : 0;
        }
    }

    private int run(String... arguments) {
        return new Halve().run(said.outStream(), said.errStream(), arguments);
    }

    @Test
    void printsAndReturnsWhatTheCommandDoes() {
        assertEquals(0, run());
        assertEquals("4 ½", said.out().strip());
        assertEquals(5, run("--number", "4"));
        assertEquals("", said.err().strip());
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArgument() {
        assertEquals(2, run("--number", "3"));
        assertEquals(
                "halve: --number: 3 (expected: even) (see --help)", said.err().strip());
    }

    @Test
    void saysInOneLineThatAnOptionIsUnknown() {
        assertEquals(2, run("--speed", "9"));
        assertEquals(1, said.err().lines().count(), said::err);
    }

    @Test
    void saysInOneLineWhyItFailed() {
        assertEquals(1, run("--number", "0"));
        assertEquals("halve: nothing to halve", said.err().strip());
    }

    @Test
    void explainsItself() {
        assertEquals(0, run("--help"));
        assertTrue(said.out().contains("--number"), said::out);
    }
}

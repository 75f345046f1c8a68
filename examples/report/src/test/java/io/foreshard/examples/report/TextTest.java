package io.foreshard.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {

    private static final long MILLI = 1_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void alignsTextLeftAndNumbersRight() {
        Table table = Table.columns("policy", "p99", "note")
                .caption("results")
                .row("fixed", "212.4 ms", "")
                .row("threshold", "84 ms", "best");
        assertEquals("""
                results
                policy          p99  note
                ---------  --------  ----
                fixed      212.4 ms
                threshold     84 ms  best
                """, ConsoleTable.render(table));
    }

    @Test
    void keepsARowOnOneLine() {
        String text = ConsoleTable.render(Table.columns("a").row("x\ny\u001b[31m"));
        assertEquals("a\n------\nx y [31m".length() + 3, text.length());
        assertFalse(text.contains("\u001b"));
    }

    @Test
    void takesAColumnForNumbersOnlyWhenAllItsCellsAre() {
        Table table = Table.columns("n", "mixed", "none", "text")
                .row("1,024", "1 ms", "", "a1")
                .row("≈ -3.5e-7 µs", "fast", "", "b2")
                .row("–", "2 ms", "", "c3")
                .row("99.9 %", "3 ms", "", "d4")
                .row("2.1×", "4 ms", "", "10 KB shards and more");
        assertFalse(table.isNumeric(1) || table.isNumeric(2) || table.isNumeric(3));
        assertTrue(Table.columns("n")
                .row("1,024")
                .row("-3.5e-7 µs")
                .row("–")
                .row("99.9 %")
                .row("2.1×")
                .isNumeric(0));
    }

    @Test
    void refusesARowThatDoesNotFit() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> Table.columns("a", "b").row("1"));
        assertEquals("cells: 1 (expected: 2)", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Table.columns());
    }

    @Test
    void printsALineAtEachTenthWhenItCannotRedraw() {
        ProgressBar bar = ProgressBar.start("sending", 1000, out, false, 0);
        for (int done = 0; done <= 1000; done++) {
            bar.advanceTo(done, done * MILLI);
        }
        bar.finish(1000 * MILLI);
        String[] lines = shown().lines().toArray(String[]::new);
        assertEquals(10, lines.length);
        assertEquals("sending  10 %  0.1 s", lines[0]);
        assertEquals("sending  100 %  1.0 s", lines[9]);
    }

    @Test
    void redrawsOneLineNoMoreThanTenTimesASecond() {
        ProgressBar bar = ProgressBar.start("sending", 1000, out, true, 0);
        for (int done = 0; done < 1000; done++) {
            bar.advanceTo(done, done * MILLI);
        }
        bar.finish(1000 * MILLI);
        bar.finish(2000 * MILLI);
        bar.advanceTo(3, 3000 * MILLI);
        String shown = shown();
        assertEquals(11, shown.chars().filter(symbol -> symbol == '\r').count());
        assertTrue(shown.endsWith("\rsending  [##############################] 100 %  1.0 s\n"), shown);
        assertTrue(shown.contains("\rsending  [###...........................] 10 %  0.1 s\r"), shown);
    }

    @Test
    void holdsWhatIsDoneWithinTheTotal() {
        ProgressBar bar = ProgressBar.start("x", 10, out, true, 0);
        bar.advanceTo(-5, 0);
        bar.advanceTo(Long.MAX_VALUE, 200 * MILLI);
        assertTrue(shown().contains("] 0 %") && shown().contains("] 100 %"), shown());
        assertThrows(IllegalArgumentException.class, () -> ProgressBar.start("x", 0, out, true, 0));
    }

    @Test
    void writesNumbersWithAPointAndADashForNone() {
        assertEquals("1234.50", Table.number(1234.5, 2));
        assertEquals("–", Table.number(Double.NaN, 2));
    }
}

package io.foreshard.jmh.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {

    private static final Target TARGET = Target.atMost(5);

    @Test
    void printsEveryPartInOrder() {
        Figure figure = new Figure(
                "ets-speed",
                3.14159,
                "ms",
                TARGET,
                List.of(Peer.of("r-ets", 4_503.2), Peer.skipped("statsmodels", "no python3, or (old)")));
        assertEquals(
                "FIGURE ets-speed 3.142 ms target <= 5 peers r-ets=4503,statsmodels=skipped(no-python3-or-old-) ok",
                figure.line());
    }

    @Test
    void isShortOnTheWrongSideOfItsTarget() {
        assertEquals("short", new Figure("a", 5.01, "ms", TARGET, List.of()).status());
        assertEquals("ok", new Figure("a", 5, "ms", TARGET, List.of()).status());
        assertEquals("short", new Figure("b", 84.9, "%", Target.atLeast(85), List.of()).status());
    }

    @Test
    void isOpenWhenItWasNotMeasured() {
        assertEquals(
                "FIGURE a - ms target <= 5 peers - open",
                Figure.open("a", "ms", TARGET).line());
    }

    @Test
    void writesSmallAndLargeNumbersWithoutAnExponent() {
        assertEquals("0.00001235", Decimals.text(1.23456e-5));
        assertEquals("1235000000", Decimals.text(1.23456e9));
        assertEquals("0", Decimals.text(0));
        assertEquals("100", Decimals.text(100));
    }

    @Test
    void writesJsonWithNullForWhatWasNotMeasured(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("figures.json");
        Figure open = Figure.open("a", "ms", TARGET, Peer.skipped("r", "said \"no\""));
        FigureFile.write(file, "forecast", true, 42, List.of(open, new Figure("b", 1.5, "x", TARGET, List.of())));
        String json = Files.readString(file);
        assertTrue(json.contains("{\"name\": \"a\", \"value\": null,"), json);
        assertTrue(json.contains("\"peers\": {\"r\": {\"skipped\": \"said \\\"no\\\"\"}}"), json);
        assertTrue(json.contains("{\"name\": \"b\", \"value\": 1.5,"), json);
    }
}

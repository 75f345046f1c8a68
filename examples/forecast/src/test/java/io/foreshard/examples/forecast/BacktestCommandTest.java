package io.foreshard.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {

    private final Console console = new Console();

    @TempDir
    Path folder;

    private void series(String name, int count, IntToDoubleFunction value) throws IOException {
        StringBuilder text = new StringBuilder("time,value\n");
        for (int hour = 0; hour < count; hour++) {
            text.append(1_767_225_600L + hour * 3600L)
                    .append(',')
                    .append(value.applyAsDouble(hour))
                    .append('\n');
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static double rhythm(int hour) {
        return 100 + 40 * Math.sin(2 * Math.PI * hour / 24) + hour * 7919 % 13;
    }

    @Test
    void scoresEveryFileBelowTheFolderAndNamesTheOthers() throws IOException {
        series("a.csv", 400, BacktestCommandTest::rhythm);
        series("below/b.csv", 300, hour -> hour * 31 % 17);
        series("constant.csv", 100, hour -> 5);
        Files.writeString(folder.resolve("broken.csv"), "time,value\n2026-01-01 00:00:00,1\nx,2\n");
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve("other.txt"), "not for us");
        Path report = folder.resolve("out").resolve("report.html");
        String[] arguments = {
            "backtest",
            folder.toString(),
            "--quiet",
            "--period",
            "1d",
            "--horizon",
            "12h",
            "--report",
            report.toString()
        };
        assertEquals(0, console.run(arguments), console::err);
        assertTrue(console.out().contains("\na  "), console::out);
        assertTrue(console.out().contains("\n" + Path.of("below", "b") + "  "), console::out);
        assertTrue(console.out().contains("3 files back-tested"), console::out);
        assertTrue(console.out().contains("3: time: x (expected"), console::out);
        assertTrue(console.out().contains("empty (expected: samples)"), console::out);
        assertTrue(Files.readString(report).contains("<svg"));
    }

    @Test
    void saysInJsonWhatItSaysInTheTable() throws IOException {
        series("a.csv", 400, BacktestCommandTest::rhythm);
        series("short.csv", 3, hour -> hour);
        assertEquals(
                0,
                console.run("backtest", folder.toString(), "--quiet", "--json", "--period", "24", "--origins", "4"),
                console::err);
        Object json = Json.parse(console.out());
        assertEquals("foreshard-backtest/1", Json.at(json, "schema"));
        assertEquals("a.csv", Json.at(json, "series", 0, "name"));
        assertEquals(4.0, Json.at(json, "series", 0, "windows"));
        List<?> methods = (List<?>) Json.at(json, "series", 0, "methods");
        assertEquals(
                List.of("automatic", "online", "naive", "seasonal naive"),
                methods.stream().map(method -> Json.at(method, "name")).toList());
        double ratio = (double) Json.at(json, "series", 0, "ratio");
        assertTrue(ratio > 0 && ratio < 1.1, () -> "ratio " + ratio);
        assertEquals(ratio, (double) Json.at(json, "total", "geometricMeanRatio"), 1e-12);
        assertEquals("a.csv", Json.at(json, "total", "worstSeries"));
    }

    @Test
    void failsWhenNoFileCouldBeScored() throws IOException {
        Files.writeString(folder.resolve("broken.csv"), "what\never\n");
        assertEquals(1, console.run("backtest", folder.toString(), "--quiet"));
        assertTrue(console.out().contains("broken.csv"), console::out);
    }

    @Test
    void saysThatTheFolderIsMissing() {
        Path missing = folder.resolve("missing");
        assertEquals(2, console.run("backtest", missing.toString()));
        assertEquals(
                "backtest: DIR: " + missing + " (expected: a readable folder) (see --help)",
                console.err().strip());
    }

    @Test
    void saysThatTheFolderHoldsNoSeries() {
        assertEquals(2, console.run("backtest", folder.toString()));
        assertEquals(
                "backtest: DIR: " + folder + " (expected: a folder with .csv or .csv.gz files in it) (see --help)",
                console.err().strip());
    }

    @Test
    void wantsAFolder() {
        assertEquals(2, console.run("backtest"));
        assertEquals(1, console.err().strip().lines().count(), console::err);
    }

    @Test
    void explainsItself() {
        assertEquals(0, console.run("backtest", "--help"));
        for (String option : List.of("--horizon", "--origins", "--period", "--report", "--json")) {
            assertTrue(console.out().contains(option), console::out);
        }
    }
}

package io.foreshard.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCommandTest {

    private final Console console = new Console();

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String hours(int count, IntToDoubleFunction value) {
        StringBuilder text = new StringBuilder("time,value\n");
        for (int hour = 0; hour < count; hour++) {
            text.append(1_767_225_600L + hour * 3600L)
                    .append(',')
                    .append(value.applyAsDouble(hour))
                    .append('\n');
        }
        return text.toString();
    }

    private static double rhythm(int hour) {
        return 100 + 40 * Math.sin(2 * Math.PI * hour / 24) + hour * 7919 % 13;
    }

    private void assertFails(int exit, String message, String... arguments) {
        assertEquals(exit, console.run(arguments), console::err);
        assertEquals(message, console.err().strip());
        assertEquals("", console.out());
    }

    @Test
    void forecastsAndWritesTheReport() throws IOException {
        Path file = file("requests.csv", hours(400, ForecastCommandTest::rhythm));
        Path report = folder.resolve("reports").resolve("report.html");
        assertEquals(
                0,
                console.run("forecast", file.toString(), "--quiet", "--period", "1d", "--report", report.toString()),
                console::err);
        assertTrue(console.out().contains("400 steps of 1 h (inferred), 2026-01-01 00:00"), console::out);
        assertTrue(console.out().contains("seasonal naive"), console::out);
        assertTrue(console.out().contains("2026-01-17 16:00"), console::out);
        String page = Files.readString(report);
        for (String part : List.of("what is expected next", "Components", "Autocorrelation", "Coverage over time")) {
            assertTrue(page.contains(part), part);
        }
        assertFalse(page.contains("NaN"));
    }

    @Test
    void readsGzipAndAColumnByName() throws IOException {
        Path file = folder.resolve("data.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            String text = """
                    at,load,requests
                    2026-01-01 00:00:00,1,5
                    2026-01-01 00:05:00,1,6
                    2026-01-01 00:10:00,2,7
                    2026-01-01 00:15:00,2,8
                    """;
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                0, console.run("forecast", file.toString(), "--column", "requests", "--quiet", "--json"), console::err);
        Object json = Json.parse(console.out());
        assertEquals("foreshard-forecast/1", Json.at(json, "schema"));
        assertEquals(300.0, Json.at(json, "series", "stepSeconds"));
        assertEquals("2026-01-01T00:20:00Z", Json.at(json, "forecast", "steps", 0, "time"));
    }

    @Test
    void saysInJsonWhatItSaysInText() throws IOException {
        String text = hours(300, ForecastCommandTest::rhythm).replace("1767229200", "1767225600");
        Path file = file("requests.csv", text);
        String[] arguments = {
            "forecast",
            file.toString(),
            "--quiet",
            "--json",
            "--horizon",
            "6h",
            "--period",
            "1d",
            "--level",
            "90",
            "--origins",
            "5"
        };
        assertEquals(0, console.run(arguments), console::err);
        Object json = Json.parse(console.out());
        assertEquals(List.of(24.0), Json.at(json, "model", "periods"));
        assertEquals(1.0, Json.at(json, "ingest", "duplicates"));
        assertEquals(1.0, Json.at(json, "ingest", "missingSteps"));
        assertEquals(5.0, Json.at(json, "backTest", "windows"));
        assertEquals(List.of(0.025, 0.05, 0.95, 0.975), Json.at(json, "forecast", "levels"));
        List<?> steps = (List<?>) Json.at(json, "forecast", "steps");
        assertEquals(6, steps.size());
        for (Object step : steps) {
            List<?> quantiles = (List<?>) Json.at(step, "quantiles");
            assertTrue((double) quantiles.get(0) <= (double) quantiles.get(3), step::toString);
        }
    }

    @Test
    void thinsASeriesOutOnRoundTimes() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int minute = 7; minute < 307; minute++) {
            if (minute < 100 || minute >= 110) {
                text.append(1_767_225_600L + minute * 60L)
                        .append(',')
                        .append(minute)
                        .append('\n');
            }
        }
        Path file = file("minutes.csv", text.toString());
        assertEquals(0, console.run("forecast", file.toString(), "--quiet", "--json", "--step", "10m"), console::err);
        Object json = Json.parse(console.out());
        assertEquals("2026-01-01T00:10:00Z", Json.at(json, "series", "start"));
        assertEquals("2026-01-01T04:50:00Z", Json.at(json, "series", "end"));
        assertEquals(29.0, Json.at(json, "series", "steps"));
        assertEquals(10.0, Json.at(json, "ingest", "missingSteps"));
        assertEquals(0.0, Json.at(json, "ingest", "duplicates"));
    }

    @Test
    void givesTheSameAnswerTwice() throws IOException {
        Path file = file("requests.csv", hours(200, ForecastCommandTest::rhythm));
        Console again = new Console();
        assertEquals(0, console.run("forecast", file.toString(), "--quiet", "--json"));
        assertEquals(0, again.run("forecast", file.toString(), "--quiet", "--json"));
        String anyTime = "\"cpuMillis\": [0-9.E-]+";
        assertEquals(console.out().replaceAll(anyTime, ""), again.out().replaceAll(anyTime, ""));
    }

    @Test
    void staysAboveZeroWhenTold() throws IOException {
        Path file = file("falling.csv", hours(60, hour -> Math.max(0, 55 - hour)));
        assertEquals(0, console.run("forecast", file.toString(), "--quiet", "--json", "--non-negative"), console::err);
        Object json = Json.parse(console.out());
        for (Object step : (List<?>) Json.at(json, "forecast", "steps")) {
            assertTrue((double) Json.at(step, "mean") >= 0, step::toString);
            assertTrue((double) Json.at(step, "quantiles", 0) >= 0, step::toString);
        }
    }

    @Test
    void forecastsSeriesWithHardlyAnythingInThem() throws IOException {
        List<String> series = List.of(
                hours(200, hour -> 7),
                hours(200, hour -> 0),
                hours(2, hour -> hour),
                hours(5, hour -> hour),
                hours(200, hour -> hour == 199 ? 3 : Double.NaN),
                hours(200, hour -> hour < 20 ? hour : Double.NaN),
                hours(200, hour -> hour % 97 == 0 ? 5 : Double.NaN),
                hours(200, hour -> hour * 7919 % 13 * 1e306),
                hours(200, hour -> hour * 7919 % 13 * 1e-306));
        for (int index = 0; index < series.size(); index++) {
            Path file = file(index + ".csv", series.get(index));
            Path report = folder.resolve(index + ".html");
            Console each = new Console();
            assertEquals(
                    0,
                    each.run("forecast", file.toString(), "--quiet", "--json", "--report", report.toString()),
                    each::err);
            Object json = Json.parse(each.out());
            assertTrue(Json.at(json, "forecast", "steps", 0, "mean") instanceof Double, each::out);
        }
    }

    @Test
    void readsStepsAndTimes() {
        assertEquals(48, new Span.Converter().convert("48").toSteps(Duration.ofSeconds(7)));
        assertEquals(288, new Span.Converter().convert("1d").toSteps(Duration.ofMinutes(5)));
        assertEquals(3, new Span.Converter().convert("PT15M").toSteps(Duration.ofMinutes(5)));
        assertEquals(-2, new Span.Converter().convert("-2").toSteps(Duration.ofMinutes(5)));
    }

    @Test
    void saysWhichLineIsWrong() throws IOException {
        Path file = file("bad.csv", "time,value\n2026-01-01 00:00:00,1\n2026-01-01 01:00:00,many\n");
        assertFails(
                1,
                "forecast: " + file + ":3: value: many (expected: a number, or nothing for a missing sample)",
                "forecast",
                file.toString());
    }

    @Test
    void saysThatAFileIsEmpty() throws IOException {
        Path file = file("empty.csv", "");
        assertFails(1, "forecast: " + file + ": empty (expected: samples)", "forecast", file.toString());
    }

    @Test
    void saysThatThereIsOnlyOnePoint() throws IOException {
        Path file = file("one.csv", "2026-01-01 00:00:00,5\n");
        assertFails(
                1,
                "forecast: " + file
                        + ": step: cannot be inferred from one time (expected: at least 2 distinct times, or a given step)",
                "forecast",
                file.toString());
    }

    @Test
    void saysThatThereIsNoValueAtAll() throws IOException {
        Path file = file("nan.csv", hours(30, hour -> Double.NaN));
        assertFails(
                1,
                "forecast: " + file + ": no value in 30 samples (expected: at least one number)",
                "forecast",
                file.toString());
    }

    @Test
    void saysWhichColumnsThereAre() throws IOException {
        Path file = file("requests.csv", hours(30, hour -> hour));
        assertFails(
                1,
                "forecast: " + file + ":1: no column load (expected: one of time, value)",
                "forecast",
                file.toString(),
                "--column",
                "load");
    }

    @Test
    void printsNoControlCharactersOfAFile() throws IOException {
        Path file = file("hostile.csv", "2026-01-01 00:00:00,1\n\u001b[31m,2\n");
        assertEquals(1, console.run("forecast", file.toString()));
        assertFalse(console.err().contains("\u001b"), console::err);
        assertEquals(1, console.err().strip().lines().count(), console::err);
    }

    @Test
    void saysThatTheFileIsMissing() {
        Path missing = folder.resolve("missing.csv");
        assertFails(
                2,
                "forecast: FILE.csv: " + missing + " (expected: a readable file) (see --help)",
                "forecast",
                missing.toString());
    }

    @Test
    void saysWhatIsWrongWithAnArgument() throws IOException {
        String file = file("requests.csv", hours(30, hour -> hour)).toString();
        List<List<String>> wrong = List.of(
                List.of("--horizon", "-5", "--horizon: -5 (expected: 1…4096 steps, or a time such as 12h)"),
                List.of("--horizon", "0", "--horizon: 0 (expected: 1…4096 steps, or a time such as 12h)"),
                List.of("--horizon", "2s", "--horizon: 2s (expected: 1…4096 steps, or a time such as 12h)"),
                List.of("--period", "1", "--period: 1 (expected: 2…1000000 steps of 1 h, or a time such as 1d)"),
                List.of("--level", "100", "--level: 100.0 (expected: 1…99.9, in per cent)"),
                List.of("--level", "NaN", "--level: NaN (expected: 1…99.9, in per cent)"),
                List.of("--origins", "0", "--origins: 0 (expected: 1…1000)"));
        for (List<String> each : wrong) {
            Console one = new Console();
            assertEquals(2, one.run("forecast", file, each.get(0), each.get(1)), one::err);
            assertEquals("forecast: " + each.get(2) + " (see --help)", one.err().strip());
        }
    }

    @Test
    void saysInOneLineWhatItCannotRead() throws IOException {
        String file = file("requests.csv", hours(30, hour -> hour)).toString();
        for (String[] wrong :
                new String[][] {{"--horizon", "soon"}, {"--step", "-1h"}, {"--step", "5"}, {"--speed", "9"}}) {
            Console one = new Console();
            assertEquals(2, one.run("forecast", file, wrong[0], wrong[1]), one::err);
            assertEquals(1, one.err().strip().lines().count(), one::err);
            assertTrue(one.err().contains(wrong[0]), one::err);
        }
    }

    @Test
    void explainsItself() {
        assertEquals(0, console.run("forecast", "--help"));
        for (String option : List.of(
                "--column",
                "--step",
                "--horizon",
                "--period",
                "--level",
                "--non-negative",
                "--report",
                "--json",
                "--quiet")) {
            assertTrue(console.out().contains(option), console::out);
        }
    }

    @Test
    void forecastsABuiltInSeriesWithoutAFile() {
        Path report = folder.resolve("report.html");
        assertEquals(0, console.run("forecast", "--quiet", "--report", report.toString()), console::err);
        assertTrue(console.out().startsWith("built-in series"), console::out);
        assertTrue(console.out().contains("without a sample"), console::out);
        assertTrue(Files.exists(report));
    }
}

package io.foreshard.forecast.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.forecast.series.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published results of the M4 competition, recomputed; skipped where the data folder is absent. */
class M4ScoreTest {

    private static final Map<String, Map<String, double[]>> READ = new ConcurrentHashMap<>();

    @ParameterizedTest
    @CsvSource({"Hourly, 24, 18.383, 2.395", "Weekly, 1, 9.161, 2.777"})
    void naive2ReachesThePublishedScoresToTheirDigits(String group, int season, double smape, double mase) {
        Group data = Group.read(group, season);
        double[] scores = data.scores((id, horizon) -> Naive2.forecast(data.train(id), season, horizon));
        assertEquals(smape, rounded(scores[0]));
        assertEquals(mase, rounded(scores[1]));
    }

    @ParameterizedTest
    @CsvSource({"Hourly, 24", "Weekly, 1"})
    void naive2ForecastsWhatWasHandedIn(String group, int season) {
        Group data = Group.read(group, season);
        Map<String, double[]> official = rows("series/m4/forecasts/Naive2.csv.gz");
        data.train.forEach((id, train) -> {
            double[] forecast = Naive2.forecast(train, season, official.get(id).length);
            for (int step = 0; step < forecast.length; step++) {
                assertEquals(official.get(id)[step], forecast[step], 1e-3 * Math.abs(forecast[step]) + 1e-3, id);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Hourly, 24, Naive", "Hourly, 24, sNaive", "Hourly, 24, SES", "Hourly, 24, 024", "Hourly, 24, 218",
                "Hourly, 24, 249",
        "Weekly, 1, Naive", "Weekly, 1, sNaive", "Weekly, 1, SES", "Weekly, 1, 024", "Weekly, 1, 218", "Weekly, 1, 249"
    })
    void submissionsReachThePublishedScores(String group, int season, String method) {
        Group data = Group.read(group, season);
        double[] scores = data.scoresOf(method);
        double[] naive = data.scoresOf("Naive2");
        double[] published = published(method, group.equals("Weekly") ? 3 : 5);
        assertEquals(published[0], scores[0], 0.0006);
        assertEquals(published[1], scores[1], 0.0006);
        assertEquals(published[2], PointScores.owa(scores[0], scores[1], naive[0], naive[1]), 0.0006);
    }

    @Test
    void intervalsOfTheNaiveForecastReachThePublishedScores() {
        assertEquals(26.358, naiveMsis("Weekly", 1), 0.01);
        assertEquals(71.245, naiveMsis("Hourly", 24), 0.01);
    }

    private static double naiveMsis(String group, int season) {
        Group data = Group.read(group, season);
        return data.train.keySet().stream()
                .mapToDouble(id -> naiveMsis(data.train(id), data.test.get(id), season))
                .average()
                .orElseThrow();
    }

    private static double naiveMsis(double[] train, double[] test, int season) {
        double[] lower = new double[test.length];
        double[] upper = new double[test.length];
        double deviation = NaiveScale.rootMeanSquare(train, 1);
        for (int step = 0; step < test.length; step++) {
            double reach = 1.959963984540054 * deviation * Math.sqrt(step + 1.0);
            lower[step] = train[train.length - 1] - reach;
            upper[step] = train[train.length - 1] + reach;
        }
        return IntervalScores.msis(test, lower, upper, 0.95, NaiveScale.meanAbsolute(train, season));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** sMAPE, MASE and OWA; the table repeats its groups for each, sMAPE and MASE with seven columns. */
    private static double[] published(String method, int column) {
        String row = lines("series/m4/scores_point.csv.gz").stream()
                .filter(line -> sameMethod(line.substring(0, line.indexOf(',')), method))
                .findFirst()
                .orElseThrow();
        String[] cells = row.split(",", -1);
        return new double[] {
            Double.parseDouble(cells[1 + column]),
            Double.parseDouble(cells[8 + column]),
            Double.parseDouble(cells[15 + column])
        };
    }

    private static boolean sameMethod(String name, String method) {
        return name.equals(method) || name.equals(method.replaceFirst("^0+", ""));
    }

    private interface Method {
        double[] forecast(String id, int horizon);
    }

    private static final class Group {

        private final int season;
        private final Map<String, double[]> train;
        private final Map<String, double[]> test;

        private Group(int season, Map<String, double[]> train, Map<String, double[]> test) {
            this.season = season;
            this.train = train;
            this.test = test;
        }

        static Group read(String name, int season) {
            return new Group(
                    season, rows("series/m4/" + name + "-train.csv.gz"), rows("series/m4/" + name + "-test.csv.gz"));
        }

        double[] train(String id) {
            return train.get(id);
        }

        double[] scoresOf(String submission) {
            Map<String, double[]> forecasts = rows("series/m4/forecasts/" + submission + ".csv.gz");
            return scores((id, horizon) -> Arrays.copyOf(forecasts.get(id), horizon));
        }

        double[] scores(Method method) {
            double smape = 0;
            double mase = 0;
            for (Map.Entry<String, double[]> entry : test.entrySet()) {
                double[] actual = entry.getValue();
                double[] forecast = method.forecast(entry.getKey(), actual.length);
                double scale = NaiveScale.meanAbsolute(train.get(entry.getKey()), season);
                smape += PointScores.smape(actual, forecast) / test.size();
                mase += PointScores.mase(actual, forecast, scale) / test.size();
            }
            return new double[] {smape, mase};
        }
    }

    private static Map<String, double[]> rows(String name) {
        Map<String, double[]> known = READ.get(name);
        if (known == null) {
            known = readRows(name);
            READ.put(name, known);
        }
        return known;
    }

    private static Map<String, double[]> readRows(String name) {
        Map<String, double[]> rows = new LinkedHashMap<>();
        for (String line : lines(name)) {
            String[] cells = line.split(",", -1);
            rows.put(
                    cells[0],
                    Arrays.stream(cells)
                            .skip(1)
                            .filter(cell -> !cell.isBlank() && !cell.strip().equals("NA"))
                            .mapToDouble(Double::parseDouble)
                            .toArray());
        }
        return rows;
    }

    private static List<String> lines(String name) {
        Path file = SharedData.file(name);
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.forecast.series.Aggregation;
import io.foreshard.forecast.series.CsvSeries;
import io.foreshard.forecast.series.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Series of clouds, web sites and a taxi fleet, scored on their second half in time; skipped where the data folder is absent.
 * Settings were chosen on the first half.
 */
class OnlineForecasterDataTest {

    private static final int WINDOW = 200;

    /** The interval score of the 95 % band of the next step (Gneiting and Raftery 2007) over the mean naive error, and more. */
    private record Score(double coverage, double worstWindow, double intervalScore, double error) {}

    /** The limits leave a few per cent to the figures reached. */
    @ParameterizedTest
    @CsvSource({
        "cpu_utilization_asg_misconfiguration, 288, 3.4, 0.37",
        "ec2_cpu_utilization_5f5533, 288, 3.2, 0.45",
        "ec2_disk_write_bytes_1ef3de, 288, 16, 0.85",
        "ec2_network_in_257a54, 288, 9.0, 0.66",
        "elb_request_count_8c0756, 288, 5.1, 0.81",
        "nyc_taxi, 48, 3.2, 0.41",
        "rds_cpu_utilization_cc0c53, 288, 5.3, 0.56"
    })
    void coversServers(String name, int period, double intervalScore, double error) throws IOException {
        double[] series = CsvSeries.readFile(SharedData.file("series/nab/" + name + ".csv.gz"))
                .series()
                .values();
        check(score(series, period), intervalScore, error);
    }

    @Test
    void coversTheRequestsOfAWorldCup() throws IOException {
        Path file = SharedData.file("series/net/worldcup98_requests_per_minute.csv.gz");
        double[] series = CsvSeries.readFile(file)
                .series()
                .withMissingAs(0)
                .aggregate(10, Aggregation.SUM)
                .values();
        check(score(series, 144), 9.0, 0.83);
    }

    @Test
    void coversArrivalsOfMachines() throws IOException {
        Path file = SharedData.file("churn/vm_arrivals_5min.csv.gz");
        double[] series = CsvSeries.builder()
                .timeColumn("slot_s")
                .valueColumn("total")
                .epochUnit(TimeUnit.SECONDS)
                .build()
                .read(file)
                .series()
                .values();
        check(score(series, 288), 6.2, 0.9);
    }

    private static void check(Score score, double intervalScore, double error) {
        String what = score.toString();
        assertTrue(score.coverage >= 0.94 && score.coverage <= 0.96, what);
        assertTrue(score.worstWindow >= 0.85, what);
        assertTrue(score.intervalScore <= intervalScore, what);
        assertTrue(score.error <= error, what);
    }

    private static Score score(double[] series, int period) {
        OnlineForecaster forecaster =
                OnlineForecaster.builder().periods(period, 7 * period).build();
        boolean[] misses = new boolean[series.length];
        int scored = 0;
        int missed = 0;
        int worst = 0;
        int inWindow = 0;
        double intervals = 0;
        double errors = 0;
        double naive = 0;
        double last = Double.NaN;
        for (int step = 0; step < series.length; step++) {
            double sample = series[step];
            if (step >= series.length / 2 && !Double.isNaN(sample)) {
                Forecast forecast = forecaster.forecast(1);
                double low = forecast.quantile(0.025, 1);
                double high = forecast.quantile(0.975, 1);
                misses[scored] = sample < low || sample > high;
                missed += misses[scored] ? 1 : 0;
                inWindow += misses[scored] ? 1 : 0;
                inWindow -= scored >= WINDOW && misses[scored - WINDOW] ? 1 : 0;
                worst = Math.max(worst, inWindow);
                intervals += high - low + 40 * Math.max(0, Math.max(low - sample, sample - high));
                errors += Math.abs(sample - forecast.mean(1));
                naive += Math.abs(sample - last);
                scored++;
            }
            forecaster.update(sample);
            last = Double.isNaN(sample) ? last : sample;
        }
        return new Score(1 - (double) missed / scored, 1 - (double) worst / WINDOW, intervals / naive, errors / naive);
    }
}

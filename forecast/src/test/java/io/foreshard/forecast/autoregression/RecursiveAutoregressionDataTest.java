package io.foreshard.forecast.autoregression;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.forecast.series.CsvSeries;
import io.foreshard.forecast.series.SharedData;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series of clouds and a taxi fleet; skipped where the data folder is absent. */
class RecursiveAutoregressionDataTest {

    private static final int WARM_UP = 200;

    @ParameterizedTest
    @CsvSource({
        "cpu_utilization_asg_misconfiguration, 288, 0.35",
        "ec2_cpu_utilization_5f5533, 288, 0.45",
        "ec2_disk_write_bytes_1ef3de, 288, 0.85",
        "ec2_network_in_257a54, 288, 0.60",
        "elb_request_count_8c0756, 288, 0.85",
        "nyc_taxi, 48, 0.60",
        "rds_cpu_utilization_cc0c53, 288, 0.65"
    })
    void beatsTheNaiveForecastOfTheNextSample(String name, int period, double limit) throws IOException {
        double ratio = errorOverNaive(values(name), period);
        assertTrue(ratio <= limit, name + ": absolute error over naive " + ratio);
    }

    @Test
    void staysBelowTheNaiveErrorFromTheFirstSamplesOn() throws IOException {
        double sumOfLogs = 0;
        String[] names = {"cpu_utilization_asg_misconfiguration", "elb_request_count_8c0756", "nyc_taxi"};
        for (String name : names) {
            double[] series = values(name);
            sumOfLogs += Math.log(
                    ratio(series, 10, WARM_UP, RecursiveAutoregression.builder().build()));
        }
        double mean = Math.exp(sumOfLogs / names.length);
        assertTrue(mean <= 0.9, "absolute error over naive on the first samples " + mean);
    }

    private static double errorOverNaive(double[] series, int period) {
        RecursiveAutoregression model = RecursiveAutoregression.builder()
                .lags(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, period, period + 1)
                .build();
        return ratio(series, WARM_UP, series.length, model);
    }

    private static double ratio(double[] series, int from, int to, RecursiveAutoregression model) {
        double error = 0;
        double naive = 0;
        double last = Double.NaN;
        for (int step = 0; step < to; step++) {
            double sample = series[step];
            if (Double.isNaN(sample)) {
                model.skip();
                continue;
            }
            if (step >= from) {
                error += Math.abs(sample - model.next());
                naive += Math.abs(sample - last);
            }
            model.update(sample);
            last = sample;
        }
        return error / naive;
    }

    private static double[] values(String name) throws IOException {
        return CsvSeries.readFile(SharedData.file("series/nab/" + name + ".csv.gz"))
                .series()
                .values();
    }
}

package io.foreshard.jmh.gain;

import io.foreshard.jmh.series.NamedSeries;
import io.foreshard.jmh.series.RecordedData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The traces of the comparison: generated ones, and recorded load of machines and networks as cross traffic, played faster. */
final class Scenarios {

    private Scenarios() {}

    /** Returns those whose changes follow a pattern. */
    static List<Scenario> forecastable(RecordedData data) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(new Scenario("handover", 40, 0.8, seed -> Traces.episodes(seed, 5, 0.6, 0)));
        scenarios.add(new Scenario("bursts", 100, 0.85, seed -> Traces.episodes(seed, 3, 1, 0.3)));
        scenarios.add(new Scenario("duty-cycle", 100, 0.6, seed -> Traces.episodes(seed, 5, 4, 0.1)));
        scenarios.add(new Scenario("diurnal", 100, 0.85, seed -> Traces.swing(seed, 4, 0.1)));
        if (data.isPresent()) {
            scenarios.add(beside(data, "cpu_utilization_asg_misconfiguration", "hourly-jobs", 400, 0.85));
            scenarios.add(beside(data, "nyc_taxi", "taxi-days", 50, 0.9));
        }
        return scenarios;
    }

    /** Returns those whose changes nobody can foresee. */
    static List<Scenario> unforecastable(RecordedData data) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        scenarios.add(new Scenario("telegraph", 100, 0.7, seed -> Traces.telegraph(seed, 2, 0.3)));
        scenarios.add(new Scenario("random-walk", 100, 0.7, seed -> Traces.walk(seed, 2, 0.3)));
        if (data.isPresent()) {
            scenarios.add(beside(data, "elb_request_count_8c0756", "requests", 500, 0.7));
            scenarios.add(beside(data, "ec2_network_in_257a54", "network-in", 500, 0.7));
        }
        return scenarios;
    }

    private static Scenario beside(RecordedData data, String file, String name, int stepMillis, double load)
            throws IOException {
        NamedSeries series = data.fine(1).stream()
                .filter(each -> file.startsWith(each.name()))
                .findFirst()
                .orElseThrow(() -> new IOException("no series " + file));
        return new Scenario(
                name, 100, load, seed -> Traces.beside(seed, series.values(), Duration.ofMillis(stepMillis)));
    }
}

package io.foreshard.jmh.forecast;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The mean MASE of each method on each series. A fit that failed leaves no number, and its method no mean there. */
final class MeanScores {

    private final Map<String, Map<String, Double>> bySeries;

    MeanScores(List<NetworkScore> scores) {
        bySeries = scores.stream()
                .collect(Collectors.groupingBy(
                        NetworkScore::series,
                        TreeMap::new,
                        Collectors.groupingBy(
                                NetworkScore::method, TreeMap::new, Collectors.averagingDouble(NetworkScore::mase))));
    }

    boolean isEmpty() {
        return bySeries.isEmpty();
    }

    Set<String> series() {
        return bySeries.keySet();
    }

    /** Returns the methods of a series with their means, by name. */
    Map<String, Double> of(String series) {
        return Objects.requireNonNull(bySeries.get(series), series);
    }

    double of(String series, String method) {
        return Objects.requireNonNull(of(series).get(method), method);
    }

    double best(String series) {
        return of(series).values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(mase -> !Double.isNaN(mase))
                .min()
                .orElse(Double.NaN);
    }

    List<String> methods() {
        return bySeries.values().stream()
                .flatMap(each -> each.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }
}

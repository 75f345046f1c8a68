package io.foreshard.jmh.addresses;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How many routes it takes to announce what 64 subdivisions hold, after they have grown one unit at a time and in any order into a space that
 * they fill to a share. Ours reserves by a real forecast, as shipped; beside it first-fit, sparse placement by bisection (RFC 3531), and ours
 * with a perfect forecast, with none, and with one of three times too much. Nobody can do with fewer than {@code fewest}.
 */
final class RoutesContest implements Contest {

    private static final String FIRST_FIT = "routes.first-fit";
    private static final String BISECTION = "routes.bisection";
    private static final String UNIT = "of-its-routes";
    private static final Target FIRST_FIT_TARGET = Target.atMost(0.1);
    private static final Target BISECTION_TARGET = Target.atMost(0.5);
    private static final double[] FILLS = {0.5, 0.6, 0.7, 0.8};
    private static final int ROUNDS = 21;
    private static final int QUICK_ROUNDS = 7;
    private static final int PERCENT = 100;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException {
        settings.say("routes");
        if (!GrowthDemand.isPresent(settings.data())) {
            figures.accept(Figure.open(FIRST_FIT, UNIT, FIRST_FIT_TARGET));
            figures.accept(Figure.open(BISECTION, UNIT, BISECTION_TARGET));
            return;
        }
        List<GrowthDemand> demands = GrowthDemand.read(settings.data());
        List<Figure> firstFit = new ArrayList<>();
        List<Figure> bisection = new ArrayList<>();
        for (double fill : FILLS) {
            List<RoutesRun> runs = IntStream.range(0, settings.quick() ? QUICK_ROUNDS : ROUNDS)
                    .mapToObj(round -> new RoutesRun(demands, fill, settings.seed() + round))
                    .toList();
            String condition = "/" + Math.round(fill * PERCENT) + "-percent-full";
            double ours = median(runs, RoutesRun::forecast);
            double first = median(runs, RoutesRun::firstFit);
            firstFit.add(new Figure(
                    FIRST_FIT + condition,
                    ours / first,
                    UNIT,
                    FIRST_FIT_TARGET,
                    List.of(Peer.of("foreshard-routes", ours), Peer.of("first-fit-routes", first))));
            double bisected = median(runs, RoutesRun::bisection);
            bisection.add(new Figure(
                    BISECTION + condition,
                    ours / bisected,
                    UNIT,
                    BISECTION_TARGET,
                    List.of(
                            Peer.of("foreshard-routes", ours),
                            Peer.of("bisection-routes", bisected),
                            Peer.of("fewest", median(runs, RoutesRun::fewest)),
                            Peer.of("perfect-forecast", median(runs, RoutesRun::perfect)),
                            Peer.of("no-forecast", median(runs, RoutesRun::unforecast)),
                            Peer.of("three-times-too-much", median(runs, RoutesRun::exaggerated)))));
        }
        WorstFirst.of(FIRST_FIT, firstFit.stream()).forEach(figures);
        WorstFirst.of(BISECTION, bisection.stream()).forEach(figures);
    }

    private static double median(List<RoutesRun> runs, ToDoubleFunction<RoutesRun> routes) {
        double[] sorted = runs.stream().mapToDouble(routes).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(Double.NaN);
    }
}

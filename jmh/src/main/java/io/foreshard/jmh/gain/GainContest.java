package io.foreshard.jmh.gain;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.series.RecordedData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The p99 of completion times with the gate free, divided by that of the same build with the gate held shut, on the same traces and
 * seeds, in virtual time; and the same with forecasters that lead astray.
 */
public final class GainContest implements Contest {

    private static final int SEEDS = 30;
    private static final int QUICK_SEEDS = 5;
    private static final Duration LENGTH = Duration.ofMinutes(4);
    private static final Duration QUICK_LENGTH = Duration.ofMinutes(2);
    private static final List<Twin> ADVERSARIES = List.of(Twin.INVERTED, Twin.NOT_A_NUMBER, Twin.STALE);

    /** Makes the contest. */
    public GainContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        RecordedData data = new RecordedData(settings.data());
        try (Twins twins =
                new Twins(settings, settings.quick() ? QUICK_SEEDS : SEEDS, settings.quick() ? QUICK_LENGTH : LENGTH)) {
            List<Scenario> forecastable = Scenarios.forecastable(data);
            List<Scenario> all = new ArrayList<>(forecastable);
            all.addAll(Scenarios.unforecastable(data));
            family("gain.forecastable", forecastable, Twin.FREE, Target.atMost(0.8), twins, figures);
            family(
                    "gain.unforecastable",
                    all.subList(forecastable.size(), all.size()),
                    Twin.FREE,
                    Target.atMost(1.02),
                    twins,
                    figures);
            family("gain.shuffled", forecastable, Twin.SHUFFLED, Target.atLeast(0.98), twins, figures);
            adversary(settings.quick() ? everyThird(all) : all, twins, figures);
        }
    }

    /** The worst case first, under the family's name. */
    private static void family(
            String name, List<Scenario> scenarios, Twin twin, Target target, Twins twins, Consumer<Figure> figures)
            throws InterruptedException {
        boolean atMost = target.operator().equals("<=");
        List<Figure> cases = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            cases.add(twins.figure(name + "/" + scenario.name(), scenario, twin, target, end(atMost)));
        }
        tell(name, cases, atMost, figures);
    }

    private static ToDoubleFunction<Ratio> end(boolean atMost) {
        return atMost ? Ratio::high : Ratio::low;
    }

    private static void adversary(List<Scenario> scenarios, Twins twins, Consumer<Figure> figures)
            throws InterruptedException {
        List<Figure> cases = new ArrayList<>();
        for (Twin twin : ADVERSARIES) {
            for (Scenario scenario : scenarios) {
                String lie = twin.name().toLowerCase(Locale.ROOT).replace('_', '-');
                String name = "adversary/" + lie + "-" + scenario.name();
                cases.add(twins.figure(name, scenario, twin, Target.atMost(1.02), Ratio::high));
            }
        }
        tell("adversary", cases, true, figures);
    }

    private static List<Scenario> everyThird(List<Scenario> all) {
        return IntStream.range(0, all.size())
                .filter(i -> i % 3 == 0)
                .mapToObj(all::get)
                .toList();
    }

    private static void tell(String name, List<Figure> cases, boolean atMost, Consumer<Figure> figures) {
        Comparator<Figure> byValue = Comparator.comparingDouble(Figure::value);
        cases.sort(atMost ? byValue.reversed() : byValue);
        if (cases.isEmpty()) {
            return;
        }
        Figure worst = cases.get(0);
        List<Peer> peers = new ArrayList<>(worst.peers());
        figures.accept(new Figure(name, worst.value(), worst.unit(), worst.target(), peers));
        cases.forEach(figures);
    }
}

package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.forecast.OnlineForecaster;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.addresses.StaticPools.Outcome;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What warm addresses lie idle for a hit rate of 99 %, on the recorded creations of VMs, their 16 flavours as subdivisions, by the time that a refill takes: ours with a real
 * forecaster, as a share of pools of a fixed size that are chosen in hindsight. A VM that finds no address waits for a refill, which counts as
 * {@value #MISS_COST} idle addresses for that time.
 *
 * <p>Fixed pools are chosen in three ways: those that keep least idle of all with 99 % of all requests served, which is the figure, as nothing fixed does
 * better; each the smallest with the hit rate that ours has for the flavour; and each the smallest with 99 % of its own flavour's requests served, as
 * somebody might choose who looks at one flavour at a time.
 */
final class PrefetchContest implements Contest {

    private static final String NAME = "prefetch";
    private static final String HARM = "prefetch.misled";
    private static final String HITS = "prefetch.hit-rate";
    private static final Target TARGET = Target.atMost(0.6);
    private static final Target NO_HARM = Target.atMost(1.02);
    private static final Target HIT_RATE = Target.atLeast(0.99);
    private static final double MISS_COST = 10;
    private static final double ALLOWED = 0.01;
    private static final long[] LEAD_SECONDS = {60, 120, 300};
    private static final long[] QUICK_LEAD_SECONDS = {60};
    private static final Duration MOST_LEAD = Duration.ofMinutes(5);

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException {
        Path folder = settings.data().resolve("churn");
        if (!Files.exists(folder)) {
            figures.accept(Figure.open(NAME, "of-static", TARGET, Peer.skipped("static", "no data in " + folder)));
            return;
        }
        ChurnTrace trace = ChurnTrace.read(folder);
        List<Figure> shares = new ArrayList<>();
        List<Figure> hits = new ArrayList<>();
        List<Figure> harm = new ArrayList<>();
        for (long seconds : settings.quick() ? QUICK_LEAD_SECONDS : LEAD_SECONDS) {
            compare(settings, trace, seconds, shares, hits, harm);
        }
        WorstFirst.of(NAME, shares.stream()).forEach(figures);
        hits.forEach(figures);
        WorstFirst.of(HARM, harm.stream()).forEach(figures);
    }

    private static void compare(
            ComparisonSettings settings,
            ChurnTrace trace,
            long seconds,
            List<Figure> shares,
            List<Figure> hits,
            List<Figure> harm) {
        String lead = "/" + seconds + "s";
        settings.say(NAME + lead);
        PrefetchReplay replay = new PrefetchReplay(trace, seconds * 1000, settings.seed());
        PrefetchReplay.Result result =
                replay.with(prefetcher(seconds).forecasters(x -> online()).build());
        Outcome ours = result.outcome();
        Outcome reactive =
                replay.with(prefetcher(seconds).gateMode(GateMode.SHUT).build()).outcome();
        StaticPools pools = new StaticPools(replay);
        double[] allowed = new double[trace.flavours().size()];
        Arrays.fill(allowed, ALLOWED);
        Outcome fixed = pools.together((long) (ALLOWED * ours.asked()));
        double cost = cost(replay, ours);
        shares.add(new Figure(
                NAME + lead,
                cost / cost(replay, fixed),
                "of-static",
                TARGET,
                List.of(
                        Peer.of(
                                "of-static-with-our-hit-rates",
                                cost / cost(replay, pools.smallest(result.missRates()))),
                        Peer.of("of-static-with-99-percent-each", cost / cost(replay, pools.smallest(allowed))),
                        Peer.of("reactive", cost(replay, reactive) / cost(replay, fixed)),
                        Peer.of("idle-addresses", ours.idle()),
                        Peer.of("static-idle-addresses", fixed.idle()),
                        Peer.of("reactive-idle-addresses", reactive.idle()),
                        Peer.of("released-unused-per-request", (double) result.released() / ours.asked()))));
        hits.add(new Figure(
                HITS + lead,
                1 - ours.missRate(),
                "hits",
                HIT_RATE,
                List.of(Peer.of("reactive", 1 - reactive.missRate()), Peer.of("static", 1 - fixed.missRate()))));
        for (Misleading kind : Misleading.values()) {
            if (!settings.quick() || kind == Misleading.TURNED) {
                harm.add(misled(trace, replay, seconds, kind, reactive));
            }
        }
    }

    private static Figure misled(
            ChurnTrace trace, PrefetchReplay replay, long seconds, Misleading kind, Outcome reactive) {
        Function<String, Forecaster> forecasters =
                flavour -> kind.around(kind.winsTrust() ? new Foreknowing(trace, flavour) : online());
        Outcome outcome = replay.with(
                        prefetcher(seconds).forecasters(forecasters).build())
                .outcome();
        return new Figure(
                HARM + "/" + kind.name().toLowerCase(Locale.ROOT) + "-" + seconds + "s",
                cost(replay, outcome) / cost(replay, reactive),
                "of-reactive",
                NO_HARM,
                List.of(Peer.of("hits", 1 - outcome.missRate()), Peer.of("reactive-hits", 1 - reactive.missRate())));
    }

    /** Idle addresses on average, and those that the misses count as. */
    private static double cost(PrefetchReplay replay, Outcome outcome) {
        return outcome.idle() + MISS_COST * outcome.missed() / replay.leadTimes();
    }

    private static Prefetcher.Builder prefetcher(long leadSeconds) {
        return Prefetcher.builder().lead(Duration.ofSeconds(leadSeconds), MOST_LEAD);
    }

    private static Forecaster online() {
        return OnlineForecaster.builder()
                .periods(288, 12, 2016)
                .nonNegative(true)
                .build();
    }
}

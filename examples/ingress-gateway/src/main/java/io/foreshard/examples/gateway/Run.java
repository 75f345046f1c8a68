package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Pause;
import io.foreshard.flowshaper.FlowShaper;
import io.foreshard.flowshaper.FlowShaperBuilder;
import io.foreshard.flowshaper.control.PacedDelayCalculator;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of the load through a gateway of its own. */
final class Run {

    static final int LOOKS_PER_SECOND = 20;

    private static final long LOOK_NANOS = 1_000_000_000L / LOOKS_PER_SECOND;
    private static final long REST_NANOS = Duration.ofMillis(150).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Scenario scenario;
    private final List<Site> sites;
    private final Sight sight;
    private final EventLoopGroup group;
    private final LiveLines live;

    Run(Scenario scenario, List<Site> sites, Sight sight, EventLoopGroup group, LiveLines live) {
        this.scenario = scenario;
        this.sites = sites;
        this.sight = sight;
        this.group = group;
        this.live = live;
    }

    /**
     * Runs the load.
     *
     * @param shaped whether through the shaper
     */
    RunResult run(boolean shaped) throws IOException {
        try (Cleanup cleanup = new Cleanup(Main.NAME)) {
            FlowShaper shaper = shaped ? shaper() : null;
            if (shaper != null) {
                cleanup.add(shaper::close);
            }
            Gateway gateway = new Gateway(group, shaper);
            cleanup.add(gateway::close);
            List<SiteRun> runs = new ArrayList<>();
            for (Site site : sites) {
                runs.add(new SiteRun(site, sight, gateway, shaper));
            }
            List<Uploads.Summary> summaries = load(runs, cleanup);
            gateway.close();
            awaitRest();
            return result(shaped, runs, summaries, reasons(shaper));
        }
    }

    /** All that an application has to say: who looks at the paths and servers. The rest are defaults, but where paths are relays. */
    private FlowShaper shaper() {
        FlowShaperBuilder builder = FlowShaper.builder(group.next()).telemetry(sight.source());
        if (!scenario.namespaces()) {
            builder.calculator(name ->
                    PacedDelayCalculator.builder().target(Scenario.RELAY_TARGET).build());
        }
        return builder.build();
    }

    private List<Uploads.Summary> load(List<SiteRun> runs, Cleanup cleanup) throws IOException {
        long start = System.nanoTime();
        for (int index = 0; index < runs.size(); index++) {
            runs.get(index).start(scenario, scenario.seed() * 2 + index, start, cleanup);
        }
        for (int look = 1; look <= scenario.seconds() * LOOKS_PER_SECOND; look++) {
            Pause.until(start + look * LOOK_NANOS);
            double at = (System.nanoTime() - start) / 1e9;
            runs.forEach(run -> run.look(scenario, at));
            if (look % LOOKS_PER_SECOND == 0) {
                live.print(look / LOOKS_PER_SECOND, runs);
            }
        }
        List<Uploads.Summary> summaries = new ArrayList<>();
        for (SiteRun run : runs) {
            summaries.add(run.finish());
        }
        return summaries;
    }

    /** What was under way at the servers must not become a part of the next run. */
    private void awaitRest() throws IOException {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        long before = -1;
        long now = answered();
        while (now != before && System.nanoTime() < giveUp) {
            Pause.until(System.nanoTime() + REST_NANOS);
            before = now;
            now = answered();
        }
    }

    private long answered() throws IOException {
        long sum = 0;
        for (Site site : sites) {
            sum += site.backend().answered();
        }
        return sum;
    }

    private static Map<ShaperReason, Long> reasons(@Nullable FlowShaper shaper) {
        Map<ShaperReason, Long> reasons = new EnumMap<>(ShaperReason.class);
        if (shaper != null) {
            for (ShaperReason reason : ShaperReason.values()) {
                long count = shaper.count(reason);
                if (count > 0) {
                    reasons.put(reason, count);
                }
            }
        }
        return reasons;
    }

    private static RunResult result(
            boolean shaped, List<SiteRun> runs, List<Uploads.Summary> summaries, Map<ShaperReason, Long> reasons)
            throws IOException {
        List<SiteResult> results = new ArrayList<>();
        for (int index = 0; index < runs.size(); index++) {
            results.add(runs.get(index).result(summaries.get(index)));
        }
        return new RunResult(shaped, results, reasons);
    }
}

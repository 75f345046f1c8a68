package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.examples.report.ProgressBar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Runs a trace through two engines side by side. */
final class Replay {

    /** How often stocks are looked at. */
    static final long TICK_MILLIS = 30_000;

    private final Settings settings;
    private final Churn churn;
    private final PrintStream progress;

    /**
     * Makes a replay.
     *
     * @param progress where to draw how far it is
     */
    Replay(Settings settings, PrintStream progress) {
        this.settings = settings;
        this.churn = settings.churn();
        this.progress = progress;
    }

    /**
     * What came of both, and what was to be foreseen.
     *
     * @param reactive the engine without forecasters
     * @param predictive the other
     * @param demand how many machines were created in each step, and what was expected of it one step before
     * @param running how many machines ran after each step, and what was expected of it an hour before
     */
    record Result(Outcome reactive, Outcome predictive, Foreseen demand, Foreseen running) {

        List<Outcome> both() {
            return List.of(reactive, predictive);
        }

        boolean isRight() {
            return both().stream().allMatch(Outcome::isRight);
        }
    }

    /**
     * Runs it all.
     *
     * @param folder for the journals
     */
    Result run(Path folder) throws IOException, InterruptedException {
        Prefetcher without = settings.prefetcher(false);
        Prefetcher with = settings.prefetcher(true);
        rehearse(without, with);
        Foreseen demand = new Foreseen(churn.steps(), 1, demandForecaster());
        Foreseen running = new Foreseen(churn.steps(), 12, Settings.forecaster());
        try (Engine reactive = new Engine("reactive", settings, without, folder.resolve("reactive"));
                Engine predictive = new Engine("predictive", settings, with, folder.resolve("predictive"))) {
            replay(List.of(reactive, predictive), demand, running);
            return new Result(reactive.finish(), predictive.finish(), demand, running);
        }
    }

    /** Neither knows of the other, so they learn at the same time. */
    private void rehearse(Prefetcher without, Prefetcher with) {
        long begin = churn.learnFromMillis();
        if (begin < churn.fromMillis()) {
            ProgressBar bar = bar("learning of both", churn.fromMillis() - begin);
            CompletableFuture<Void> beside =
                    CompletableFuture.runAsync(() -> Rehearsal.run(without, settings, unused -> {}));
            Rehearsal.run(with, settings, now -> bar.advanceTo(now - begin, System.nanoTime()));
            beside.join();
            bar.finish(System.nanoTime());
        }
    }

    private ProgressBar bar(String label, long millis) {
        return ProgressBar.start(label, millis, progress, ProgressBar.isTerminal(), System.nanoTime());
    }

    private Forecaster demandForecaster() {
        Forecaster forecaster = Settings.forecaster();
        long end = churn.learnFromMillis() + Churn.STEP_MILLIS;
        int count = 0;
        for (Burst burst : churn.earlier()) {
            for (; burst.atMillis() > end; end += Churn.STEP_MILLIS) {
                forecaster.update(count);
                count = 0;
            }
            count += burst.count();
        }
        if (!churn.earlier().isEmpty()) {
            forecaster.update(count);
        }
        return forecaster;
    }

    private void replay(List<Engine> engines, Foreseen demand, Foreseen running) throws InterruptedException {
        PriorityQueue<Integer> alive = new PriorityQueue<>((one, other) -> Long.compare(
                churn.machines().get(one).endMillis(),
                churn.machines().get(other).endMillis()));
        ProgressBar bar = bar("replay of both", churn.toMillis() - churn.fromMillis());
        int next = 0;
        int created = 0;
        for (long now = churn.fromMillis() + TICK_MILLIS; now <= churn.toMillis(); now += TICK_MILLIS) {
            boolean isStep = Math.floorMod(now - churn.fromMillis(), Churn.STEP_MILLIS) == 0;
            for (Engine engine : engines) {
                engine.tick(now, isStep);
            }
            while (!alive.isEmpty() && churn.machines().get(alive.element()).endMillis() <= now) {
                int ended = alive.remove();
                engines.forEach(engine -> engine.end(ended));
            }
            for (Engine engine : engines) {
                engine.release(now);
            }
            for (; next < churn.machines().size() && churn.machines().get(next).startMillis() <= now; next++) {
                for (Engine engine : engines) {
                    engine.begin(next, now);
                }
                alive.add(next);
                created++;
            }
            for (Engine engine : engines) {
                engine.settle();
            }
            if (isStep) {
                demand.add(created);
                running.add(alive.size());
                created = 0;
                for (Engine engine : engines) {
                    engine.sample(now);
                }
                bar.advanceTo(now - churn.fromMillis(), System.nanoTime());
            }
        }
        bar.finish(System.nanoTime());
    }
}

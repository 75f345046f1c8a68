package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.router.BirdPush;
import io.foreshard.addrsharding.router.FrrPush;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.RouterLab;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How long it takes from telling a router to announce a range until its neighbour, a router of another make, has it: FRR and BIRD in two
 * network namespaces, checks and fsync included.
 */
public final class AnnounceContest implements Contest {

    private static final String NAME = "announce";
    private static final Target ONE = Target.atMost(1);
    private static final Target MANY = Target.atMost(10);
    private static final int FEW_PREFIXES = 10;
    private static final int MANY_PREFIXES = 5_000;
    private static final long LIMIT_SECONDS = 60;

    /** Makes the contest. */
    public AnnounceContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException, InterruptedException {
        Optional<String> obstacle = RouterLab.obstacle();
        if (obstacle.isPresent()) {
            open(obstacle.get(), figures);
            return;
        }
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Cleanup cleanup = new Cleanup(NAME)) {
            measure(settings, executor, cleanup, figures);
        } catch (ContestantException failure) {
            open(failure.reason(), figures);
        } finally {
            executor.shutdown();
        }
    }

    private static void open(String reason, Consumer<Figure> figures) {
        figures.accept(Figure.open(NAME, "s", ONE, Peer.skipped("frr", reason)));
        figures.accept(Figure.open(NAME + "/5000-prefixes", "s", MANY, Peer.skipped("frr", reason)));
    }

    private static void measure(
            ComparisonSettings settings, ExecutorService executor, Cleanup cleanup, Consumer<Figure> figures)
            throws IOException, InterruptedException, ContestantException {
        RouterLab lab = RouterLab.start(
                new FrrDialect().render(LabPlans.frr(0, FEW_PREFIXES)).text(),
                new BirdDialect().render(LabPlans.bird(0, FEW_PREFIXES)).text(),
                cleanup);
        Side bird = new Side(
                BirdPush.builder(lab.birdSocket(), lab.birdFile(), executor).build(),
                LabPlans::bird,
                new FrrSight(lab));
        Side frr = new Side(
                FrrPush.builder(lab.frrSockets(), lab.frrFile(), executor).build(), LabPlans::frr, new BirdSight(lab));
        bird.await(0, FEW_PREFIXES);
        frr.await(0, FEW_PREFIXES);
        int rounds = settings.quick() ? 5 : 20;
        double[] birdSeconds = new double[rounds];
        double[] frrSeconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            // One range more and one range less each time, so that there are always as many.
            birdSeconds[round] = bird.announce(round + 1, FEW_PREFIXES);
            frrSeconds[round] = frr.announce(round + 1, FEW_PREFIXES);
            settings.say("announce: BIRD " + birdSeconds[round] + " s, FRR " + frrSeconds[round] + " s");
        }
        Arrays.sort(birdSeconds);
        Arrays.sort(frrSeconds);
        figures.accept(new Figure(
                NAME,
                birdSeconds[rounds - 1],
                "s",
                ONE,
                List.of(
                        Peer.of("bird-median", birdSeconds[rounds / 2]),
                        Peer.of("frr-median", frrSeconds[rounds / 2]),
                        Peer.of("frr-worst", frrSeconds[rounds - 1]))));
        double birdMany = bird.announce(rounds + 1, MANY_PREFIXES);
        double frrMany = frr.announce(rounds + 1, MANY_PREFIXES);
        figures.accept(new Figure(NAME + "/5000-prefixes", birdMany, "s", MANY, List.of(Peer.of("frr", frrMany))));
    }

    /** What is planned, from which place on. */
    private interface Plans {
        RoutePlan plan(int first, int count);
    }

    /** What the neighbour of a router has of it. */
    private interface Sight {

        boolean has(String prefix) throws IOException;

        int count() throws IOException;
    }

    private record FrrSight(RouterLab lab) implements Sight {

        private static final Pattern RECEIVED = Pattern.compile("\"pfxRcd\": ?(\\d+)");

        @Override
        public boolean has(String prefix) throws IOException {
            return lab.askFrr("show bgp ipv4 unicast " + prefix + " json").contains("\"valid\":true");
        }

        @Override
        public int count() throws IOException {
            var received = RECEIVED.matcher(lab.askFrr("show bgp ipv4 unicast summary json"));
            return received.find() ? Integer.parseInt(received.group(1)) : 0;
        }
    }

    private record BirdSight(RouterLab lab) implements Sight {

        private static final Pattern ROUTES = Pattern.compile("(\\d+) of \\d+ routes");

        @Override
        public boolean has(String prefix) throws IOException {
            return lab.askBird("show route " + prefix).contains(prefix);
        }

        @Override
        public int count() throws IOException {
            var routes = ROUTES.matcher(lab.askBird("show route protocol 'fs_bgp_frr' count"));
            return routes.find() ? Integer.parseInt(routes.group(1)) : 0;
        }
    }

    /** A router and who hears it. */
    private record Side(RouterPush push, Plans plans, Sight sight) {

        double announce(int first, int count) throws IOException, InterruptedException, ContestantException {
            var plan = plans.plan(first, count);
            long start = System.nanoTime();
            var outcome = push.push(plan).toCompletableFuture();
            await(first, count);
            double seconds = (System.nanoTime() - start) / 1e9;
            PushOutcome told = outcome.join();
            if (!(told instanceof PushOutcome.Applied)) {
                throw new ContestantException(told.toString());
            }
            return seconds;
        }

        void await(int first, int count) throws IOException, InterruptedException, ContestantException {
            String last = LabPlans.prefix(plans.plan(first, count), count - 1);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!isThere(last, count)) {
                if (System.nanoTime() > deadline) {
                    throw new ContestantException(last + ": not seen within " + LIMIT_SECONDS + " s");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        private boolean isThere(String last, int count) {
            try {
                return sight.has(last) && sight.count() >= count;
            } catch (IOException notUpYet) {
                return false;
            }
        }
    }
}

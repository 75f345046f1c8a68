package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.router.BirdPush;
import io.foreshard.addrsharding.router.FrrPush;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.RouterLab;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells real routers the final plan, and looks when their neighbour has it. */
final class LiveRouters {

    private static final Pattern IN_BIRD = Pattern.compile("(\\d+) of \\d+ routes");
    private static final Pattern IN_FRR = Pattern.compile("\"pfxRcd\": ?(\\d+)");
    private static final long LOOK_MILLIS = 5;

    private final RouterPush push;
    private final Sight sight;
    private final long deadlineNanos;

    /**
     * How long it took until the neighbour had what a router was told.
     *
     * @param way who told whom
     * @param routes how many there were in all
     * @param allSeconds for all but two of them at once
     * @param oneSeconds for one more
     */
    record Measured(String way, int routes, double allSeconds, double oneSeconds) {}

    /** How many routes the neighbour has. */
    private interface Sight {
        int count() throws IOException;
    }

    private LiveRouters(RouterPush push, Sight sight, long deadlineNanos) {
        this.push = push;
        this.sight = sight;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Runs both routers, either way.
     *
     * @param shards what is to be announced
     * @param limitSeconds for each way
     * @throws IOException with the reason if routers do not do as they are told in that time
     */
    static List<Measured> measure(List<Allocation> shards, int limitSeconds) throws IOException, InterruptedException {
        return List.of(measure(shards, limitSeconds, true), measure(shards, limitSeconds, false));
    }

    private static Measured measure(List<Allocation> shards, int limitSeconds, boolean frrTells)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Cleanup cleanup = new Cleanup(Main.NAME)) {
            cleanup.add(executor::shutdownNow);
            RoutePlan whole = frrTells ? Routing.frr(shards) : Routing.bird(shards);
            RoutePlan first = first(whole, 1);
            RoutePlan frr = frrTells ? first : Routing.listening(Routing.frr(List.of()));
            RoutePlan bird = frrTells ? Routing.listening(Routing.bird(List.of())) : first;
            RouterLab lab = RouterLab.start(
                    new FrrDialect().render(frr).text(),
                    new BirdDialect().render(bird).text(),
                    cleanup);
            RouterPush push = frrTells
                    ? FrrPush.builder(lab.frrSockets(), lab.frrFile(), executor).build()
                    : BirdPush.builder(lab.birdSocket(), lab.birdFile(), executor)
                            .build();
            LiveRouters routers = new LiveRouters(push, frrTells ? () -> inBird(lab) : () -> inFrr(lab), deadline);
            routers.await(1);
            int routes = whole.announcements().size();
            double all = routers.tell(first(whole, routes - 1));
            return new Measured(frrTells ? "FRR tells BIRD" : "BIRD tells FRR", routes, all, routers.tell(whole));
        }
    }

    private static RoutePlan first(RoutePlan plan, int count) {
        List<Announcement> all = plan.announcements();
        return plan.announcing(all.subList(0, Math.max(1, Math.min(count, all.size()))));
    }

    private static int inBird(RouterLab lab) throws IOException {
        return sum(IN_BIRD, lab.askBird("show route protocol " + BirdDialect.protocol("frr4") + " count"))
                + sum(IN_BIRD, lab.askBird("show route protocol " + BirdDialect.protocol("frr6") + " count"));
    }

    private static int inFrr(RouterLab lab) throws IOException {
        return sum(IN_FRR, lab.askFrr("show bgp ipv4 unicast summary json"))
                + sum(IN_FRR, lab.askFrr("show bgp ipv6 unicast summary json"));
    }

    private static int sum(Pattern pattern, String text) {
        Matcher counts = pattern.matcher(text);
        return counts.find() ? Integer.parseInt(counts.group(1)) : 0;
    }

    private double tell(RoutePlan plan) throws IOException, InterruptedException {
        long start = System.nanoTime();
        CompletableFuture<PushOutcome> told = push.push(plan).toCompletableFuture();
        await(plan.announcements().size());
        double seconds = (System.nanoTime() - start) / 1e9;
        PushOutcome outcome = told.join();
        if (!(outcome instanceof PushOutcome.Applied)) {
            throw new IOException("the router did not take the plan: " + outcome);
        }
        return seconds;
    }

    private void await(int routes) throws IOException, InterruptedException {
        int seen = 0;
        String last = "";
        while (System.nanoTime() < deadlineNanos) {
            try {
                seen = sight.count();
                if (seen == routes) {
                    return;
                }
            } catch (IOException notUpYet) {
                last = "; " + notUpYet.getMessage();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IOException("the neighbour has " + seen + " of " + routes + " routes in time" + last);
    }
}

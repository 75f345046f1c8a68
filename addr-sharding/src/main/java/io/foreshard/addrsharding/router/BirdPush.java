package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SentRoute;
import io.foreshard.addrsharding.route.SessionState;
import io.foreshard.addrsharding.spi.Observation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.addrsharding.spi.RouterWatch;
import io.foreshard.runtime.Checks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells BIRD 2 its plan by its control socket, and looks at what it sends. A plan is checked by the router first, then taken on trial: if
 * sessions that were there do not come back in time, or this process dies, the router goes back to what it had by itself. Only a plan that
 * was confirmed takes the place of the file that the router starts from.
 */
public final class BirdPush implements RouterPush, RouterWatch {

    private static final Pattern PROTOCOL = Pattern.compile("fs_bgp_(\\S+)\\s+BGP\\s+\\S+\\s+(\\S+)\\s+\\S+\\s*(.*)");
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_SESSIONS = 10_000;

    private final Path socket;
    private final AtomicFile file;
    private final BirdDialect dialect = new BirdDialect();
    private final OneByOne work;
    private final LongSupplier nanoTime;
    private final long limitNanos;
    private final long trialSeconds;

    private BirdPush(Builder builder) {
        socket = builder.socket;
        file = new AtomicFile(builder.file);
        work = new OneByOne(builder.executor);
        nanoTime = builder.nanoTime;
        limitNanos = Checks.duration("limit", builder.limit, Duration.ofMillis(100), Duration.ofMinutes(10));
        trialSeconds = TimeUnit.NANOSECONDS.toSeconds(
                Checks.duration("trial", builder.trial, Duration.ofSeconds(2), Duration.ofHours(1)));
    }

    /**
     * Begins to describe a router.
     *
     * @param socket its control socket
     * @param file what it starts from, of letters, digits and {@code _./-}; a second file is made beside it
     * @param executor runs what blocks
     */
    public static Builder builder(Path socket, Path file, Executor executor) {
        return new Builder(socket, file, executor);
    }

    @Override
    public CompletionStage<PushOutcome> push(RoutePlan plan) {
        return work.later(() -> replace(plan), PushOutcome.Unreachable::new);
    }

    @Override
    public CompletionStage<Observation> observe(RoutePlan plan) {
        return work.later(() -> look(plan), Observation.Unreadable::new);
    }

    private PushOutcome replace(RoutePlan plan) {
        try {
            file.writeCandidate(dialect.render(plan).text());
        } catch (IOException failure) {
            return new PushOutcome.Refused(List.of(failure.toString()));
        }
        try (BirdControl control = BirdControl.open(socket, nanoTime, limitNanos)) {
            String candidate = "\"" + file.candidate() + "\"";
            BirdControl.Answer check = control.ask("configure check " + candidate);
            return check.isRefusal() ? new PushOutcome.Refused(check.lines()) : trial(plan, candidate, control);
        } catch (IOException failure) {
            return new PushOutcome.Unreachable(failure.toString());
        } finally {
            file.discardCandidate();
        }
    }

    private PushOutcome trial(RoutePlan plan, String candidate, BirdControl control) throws IOException {
        Set<String> before = established(plan, control);
        // What did not change is not restarted, and filters that did not change are not run again. With "soft", BIRD
        // would also
        // leave alone what calls a function that changed.
        BirdControl.Answer trial = control.ask("configure " + candidate + " timeout " + trialSeconds);
        if (trial.isRefusal()) {
            return new PushOutcome.Refused(trial.lines());
        }
        String failure = settle(plan, before, control);
        if (failure == null) {
            return new PushOutcome.Applied();
        }
        BirdControl.Answer undo = control.ask("configure undo");
        return undo.isRefusal()
                ? new PushOutcome.Unreachable(failure + "; and undoing: " + undo.text())
                : new PushOutcome.RolledBack(failure);
    }

    private @Nullable String settle(RoutePlan plan, Set<String> before, BirdControl control) throws IOException {
        long deadline = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(trialSeconds) / 2;
        Set<String> missing = new HashSet<>(before);
        while (true) {
            missing.removeAll(established(plan, control));
            if (missing.isEmpty()) {
                break;
            }
            if (nanoTime.getAsLong() - deadline > 0) {
                return "sessions: " + missing + " (expected: back within " + trialSeconds / 2 + " s)";
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        BirdControl.Answer confirm = control.ask("configure confirm");
        if (confirm.isRefusal()) {
            return confirm.text();
        }
        try {
            file.replace();
            return null;
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static Set<String> established(RoutePlan plan, BirdControl control) throws IOException {
        Set<String> names = new HashSet<>();
        states(control).forEach((name, detail) -> {
            if (isEstablished(detail)
                    && plan.neighbours().stream().anyMatch(each -> each.name().equals(name))) {
                names.add(name);
            }
        });
        return names;
    }

    private static boolean isEstablished(String detail) {
        return detail.startsWith("up Established");
    }

    /** Returns the sessions that are ours by name, with their states. */
    private static Map<String, String> states(BirdControl control) throws IOException {
        Map<String, String> states = new HashMap<>();
        control.ask("show protocols", line -> {
            Matcher protocol = PROTOCOL.matcher(line);
            if (protocol.matches() && states.size() < MOST_SESSIONS) {
                states.put(protocol.group(1), protocol.group(2) + " " + protocol.group(3));
            }
        });
        return states;
    }

    private Observation look(RoutePlan plan) {
        try (BirdControl control = BirdControl.open(socket, nanoTime, limitNanos)) {
            Map<String, String> states = states(control);
            List<SessionState> sessions = new ArrayList<>();
            for (Neighbour neighbour : plan.neighbours()) {
                String detail = states.getOrDefault(neighbour.name(), "not there");
                if (isEstablished(detail)) {
                    Optional<List<SentRoute>> sent = sent(neighbour, control);
                    if (sent.isEmpty()) {
                        return new Observation.Unreadable("routes: to " + neighbour.name() + " (expected: fewer)");
                    }
                    sessions.add(new SessionState(neighbour.name(), true, detail, sent.get()));
                } else {
                    sessions.add(SessionState.down(neighbour.name(), detail));
                }
            }
            return new Observation.Seen(sessions);
        } catch (IOException failure) {
            return new Observation.Unreadable(failure.toString());
        }
    }

    private static Optional<List<SentRoute>> sent(Neighbour neighbour, BirdControl control) throws IOException {
        BirdRoutes routes = new BirdRoutes();
        String protocol = BirdDialect.protocol(neighbour.name());
        BirdControl.Answer answer = control.ask("show route export '" + protocol + "' all", routes);
        // A session that went away in between has no table, and sends nothing; anything else is not understood.
        if (answer.isRefusal() && !answer.text().contains("No valid tables")) {
            throw new IOException(answer.text());
        }
        return routes.end();
    }

    /** A description of a router. Not safe for use by several threads. */
    public static final class Builder {

        private final Path socket;
        private final Path file;
        private final Executor executor;
        private Duration limit = Duration.ofSeconds(10);
        private Duration trial = Duration.ofSeconds(20);
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(Path socket, Path file, Executor executor) {
            this.socket = socket;
            this.file = file;
            this.executor = executor;
        }

        /**
         * How long an answer may take.
         *
         * @param value 100 ms…10 min; 10 s by default
         */
        public Builder limit(Duration value) {
            limit = value;
            return this;
        }

        /**
         * After how long the router goes back to what it had if the plan is not confirmed; half of it is what sessions have to come back.
         *
         * @param value 2 s…1 h, whole seconds; 20 s by default
         */
        public Builder trial(Duration value) {
            trial = value;
            return this;
        }

        /**
         * The clock by which limits are kept.
         *
         * @param value nanoseconds since anything
         */
        public Builder clock(LongSupplier value) {
            nanoTime = value;
            return this;
        }

        /**
         * Makes it. Nothing is asked of the router yet.
         *
         * @throws IllegalArgumentException if a value is out of its range, or the path of the file has other characters
         */
        public BirdPush build() {
            return new BirdPush(this);
        }
    }
}

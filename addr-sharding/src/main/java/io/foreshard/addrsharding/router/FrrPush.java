package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.route.Neighbour;
import io.foreshard.addrsharding.route.RouteDiff;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SentRoute;
import io.foreshard.addrsharding.route.SessionState;
import io.foreshard.addrsharding.spi.Observation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.addrsharding.spi.RouterWatch;
import io.foreshard.runtime.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells FRR its plan by {@code vtysh}, and looks at what it sends. The whole file is checked first. Then only what differs is told: from
 * the plan before, if that was told by this object too, else from what the router runs; telling the same plan again repairs what somebody
 * changed. Objects of others are left alone, which a reload of the whole file would not do. FRR takes commands one by one: if it refuses
 * one, those before it are taken back.
 */
public final class FrrPush implements RouterPush, RouterWatch {

    private static final long MOST_BYTES = 1 << 27;

    private final Path sockets;
    private final AtomicFile file;
    private final Path commands;
    private final String vtysh;
    private final FrrDialect dialect = new FrrDialect();
    private final OneByOne work;
    private final long limitNanos;
    private volatile @Nullable RoutePlan applied;

    private FrrPush(Builder builder) {
        sockets = builder.sockets;
        file = new AtomicFile(builder.file);
        commands = file.file().resolveSibling(file.file().getFileName() + ".commands");
        vtysh = builder.vtysh;
        work = new OneByOne(builder.executor);
        limitNanos = Checks.duration("limit", builder.limit, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    /**
     * Begins to describe a router.
     *
     * @param sockets the directory where its daemons have their sockets, usually {@code /run/frr}
     * @param file what it starts from, of letters, digits and {@code _./-}; two more files are made beside it
     * @param executor runs what blocks
     */
    public static Builder builder(Path sockets, Path file, Executor executor) {
        return new Builder(sockets, file, executor);
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
        RoutePlan earlier = applied;
        String text = dialect.render(plan).text();
        try {
            file.writeCandidate(text);
        } catch (IOException failure) {
            return new PushOutcome.Refused(List.of(failure.toString()));
        }
        try {
            ToolRun check = run("-C", "-f", file.candidate().toString());
            if (!check.isGood()) {
                return new PushOutcome.Refused(check.complaints());
            }
            applied = null;
            // A refused change says that somebody else was there, so that all has to be looked at.
            boolean isChanged = earlier != null
                    && isSmall(earlier, plan)
                    && tell(dialect.changes(earlier, plan)).isGood();
            PushOutcome outcome =
                    earlier != null && isChanged ? keep(dialect.changes(plan, earlier)) : repair(plan, text);
            if (outcome instanceof PushOutcome.Applied) {
                applied = plan;
            }
            return outcome;
        } catch (IOException failure) {
            return new PushOutcome.Unreachable(failure.toString());
        } finally {
            file.discardCandidate();
        }
    }

    /** A plan that is told again is to repair. */
    private static boolean isSmall(RoutePlan earlier, RoutePlan plan) {
        RouteDiff diff = RouteDiff.between(earlier, plan);
        return !diff.isElsewhereToo() && !diff.isEmpty();
    }

    private PushOutcome repair(RoutePlan plan, String text) throws IOException {
        ToolRun running = ask("show running-config");
        if (!running.isGood()) {
            return new PushOutcome.Unreachable(String.join("; ", running.complaints()));
        }
        FrrRunning before = new FrrRunning(running.output());
        FrrRunning wanted = new FrrRunning(text);
        String router = "router bgp " + plan.localAs();
        String undo = wanted.changesTo(before, router);
        ToolRun run = tell(before.changesTo(wanted, router));
        return run.isGood() ? keep(undo) : back(run, undo);
    }

    private PushOutcome keep(String undo) throws IOException {
        try {
            file.replace();
            return new PushOutcome.Applied();
        } catch (IOException failure) {
            return tell(undo).isGood()
                    ? new PushOutcome.RolledBack(failure.toString())
                    : new PushOutcome.Unreachable(failure + "; and undoing failed");
        }
    }

    private PushOutcome back(ToolRun refused, String undo) throws IOException {
        String reason = String.join("; ", refused.complaints());
        // What was not told cannot be taken back: some of these commands are refused, and that is right.
        tell(undo);
        ToolRun alive = ask("show version");
        return alive.isGood() ? new PushOutcome.RolledBack(reason) : new PushOutcome.Unreachable(reason);
    }

    private ToolRun tell(String text) throws IOException {
        AtomicFile.write(commands, text);
        try {
            return run("--vty_socket", sockets.toString(), "-f", commands.toString());
        } finally {
            Files.deleteIfExists(commands);
        }
    }

    private ToolRun ask(String command) throws IOException {
        return run("--vty_socket", sockets.toString(), "-c", command);
    }

    private ToolRun run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(vtysh));
        command.addAll(List.of(arguments));
        return ToolRun.of(command, limitNanos, MOST_BYTES);
    }

    private Observation look(RoutePlan plan) {
        try {
            Map<String, Set<String>> marks =
                    new FrrRunning(ask("show running-config").output()).marks();
            Map<?, ?> summary = json("show bgp summary json");
            List<SessionState> sessions = new ArrayList<>();
            for (Neighbour neighbour : plan.neighbours()) {
                String detail = FrrAnswers.state(summary, address(neighbour));
                if (detail.equals(FrrAnswers.ESTABLISHED)) {
                    List<SentRoute> sent = sent(neighbour, marks);
                    sessions.add(new SessionState(neighbour.name(), true, detail, sent));
                } else {
                    sessions.add(SessionState.down(neighbour.name(), detail));
                }
            }
            return new Observation.Seen(sessions);
        } catch (IOException failure) {
            return new Observation.Unreadable(failure.toString());
        }
    }

    private List<SentRoute> sent(Neighbour neighbour, Map<String, Set<String>> marks) throws IOException {
        List<SentRoute> sent = new ArrayList<>();
        for (AddressFamily family : neighbour.families()) {
            String word = family == AddressFamily.IPV4 ? "ipv4" : "ipv6";
            String question =
                    "show bgp " + word + " unicast neighbors " + address(neighbour) + " advertised-routes json";
            FrrAnswers.routes(json(question)).forEach((prefix, med) -> {
                Optional<Set<String>> given = Optional.ofNullable(marks.get(prefix.toString()));
                sent.add(new SentRoute(prefix, given, med));
            });
        }
        return sent;
    }

    private Map<?, ?> json(String question) throws IOException {
        ToolRun run = ask(question);
        Optional<Map<?, ?>> answer = run.isGood() ? Json.object(run.output()) : Optional.empty();
        return answer.orElseThrow(() -> new IOException(question + ": no JSON (expected: an object)"));
    }

    private static String address(Neighbour neighbour) {
        String text = neighbour.address().toString();
        return text.substring(0, text.indexOf('/'));
    }

    /** A description of a router. Not safe for use by several threads. */
    public static final class Builder {

        private final Path sockets;
        private final Path file;
        private final Executor executor;
        private Duration limit = Duration.ofSeconds(60);
        private String vtysh = "vtysh";

        private Builder(Path sockets, Path file, Executor executor) {
            this.sockets = sockets;
            this.file = file;
            this.executor = executor;
        }

        /**
         * How long one call of {@code vtysh} may take.
         *
         * @param value 100 ms…10 min; 60 s by default
         */
        public Builder limit(Duration value) {
            limit = value;
            return this;
        }

        /**
         * Where {@code vtysh} is.
         *
         * @param value a path; what the system finds by that name by default
         */
        public Builder vtysh(Path value) {
            vtysh = value.toString();
            return this;
        }

        /**
         * Makes it. Nothing is asked of the router yet.
         *
         * @throws IllegalArgumentException if a value is out of its range, or the path of the file has other characters
         */
        public FrrPush build() {
            return new FrrPush(this);
        }
    }
}

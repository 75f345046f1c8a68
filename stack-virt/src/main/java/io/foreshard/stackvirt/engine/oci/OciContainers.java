package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.cgroup.Cgroup;
import io.foreshard.stackvirt.cgroup.CgroupLimits;
import io.foreshard.stackvirt.cgroup.CgroupUsage;
import io.foreshard.stackvirt.cgroup.Freezer;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.spi.StackUsage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The containers of a runtime. All methods block; those for one stack are called one after the other. */
final class OciContainers {

    /** What the address of a unix socket holds, less the zero behind it. */
    private static final int LONGEST_SOCKET = 107;

    private static final long UNKNOWN = -1;
    /** The first version of control groups has a number for no limit, somewhat below the largest. */
    private static final long NO_LIMIT = 1L << 60;

    private static final Path PROC = Path.of("/proc");

    private final OciCommands commands;
    private final OciRests rests;
    private final Path state;
    private final OciUser user;
    private final Dialing dialing;
    private final long timeoutNanos;
    private final long longestLog;
    private final AtomicLong sockets = new AtomicLong();
    /** The control groups do not change while a stack is there, and looking them up takes longer than thawing. */
    private final Map<StackId, Cgroup> groups = new ConcurrentHashMap<>();

    OciContainers(OciEngineBuilder builder) {
        state = builder.state;
        user = builder.user;
        dialing = builder.runtime.dialing();
        timeoutNanos = builder.timeout.toNanos();
        longestLog = builder.longestLog;
        commands = new OciCommands(builder.runtime, state.resolve("runtime"), timeoutNanos);
        rests = new OciRests(commands, PROC, state, timeoutNanos);
    }

    OciCommands commands() {
        return commands;
    }

    Void create(StackId id, StackSpec spec) throws StackException, IOException {
        return create(id, spec, List.of());
    }

    /** The folders are those of this machine that the stack sees, read only, at the same place. */
    Void create(StackId id, StackSpec spec, List<Path> borrowed) throws StackException, IOException {
        if (!(spec.source() instanceof StackSource.FileSystem source)) {
            throw new StackException(
                    StackFailure.UNSUPPORTED, id + ": source: " + spec.source() + " (expected: a FileSystem)");
        }
        if (!Files.isDirectory(source.root())) {
            throw new StackException(
                    StackFailure.ENGINE_FAILED, id + ": root: " + source.root() + " (expected: a folder)");
        }
        if (spec.networkNamespace().isPresent()) {
            checkNamespace(id, spec.networkNamespace().get());
        }
        StackFolder folder = new StackFolder(state, id);
        Path socket = folder.socket(spec.endpoint());
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            throw new StackException(
                    StackFailure.ENGINE_FAILED,
                    id + ": state: " + socket + " (expected: at most " + LONGEST_SOCKET
                            + " bytes; choose a shorter folder)");
        }
        try {
            // Runtimes refuse a root that is a symbolic link.
            StackSource.FileSystem real =
                    new StackSource.FileSystem(source.root().toRealPath(), source.command());
            folder.create(
                    new OciConfig(id, spec, real, folder.socketFolder(), user, dialing, borrowed).text(),
                    spec,
                    dialing);
        } catch (FileAlreadyExistsException used) {
            throw new StackException(StackFailure.ENGINE_FAILED, id + ": there already (expected: a new number)", used);
        }
        commands.run(
                folder.log(),
                "create",
                "--bundle",
                folder.path().toString(),
                "--pid-file",
                folder.pidFile().toString(),
                id.toString());
        Cgroup group = Cgroup.of(PROC, folder.pid()).named(id.toString());
        folder.remember(group);
        groups.put(id, group);
        return null;
    }

    /** Files of namespaces are on a file system of their own; a mount point that is left when its namespace is gone is not. */
    private static void checkNamespace(StackId id, Path path) throws StackException, IOException {
        if (!Files.exists(path) || !device(path).equals(device(PROC.resolve("self/ns/net")))) {
            throw new StackException(
                    StackFailure.ENGINE_FAILED,
                    id + ": networkNamespace: " + path + " (expected: a network namespace, as ip netns makes one)");
        }
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }

    Void start(StackId id) throws StackException, IOException {
        StackFolder folder = known(id);
        commands.run(folder.commandLog(), "start", id.toString());
        folder.markStarted();
        return null;
    }

    Void freeze(StackId id) throws StackException, IOException {
        OciContainer stack = running(id);
        Optional<Freezer> freezer = Freezer.of(stack.group());
        if (freezer.isEmpty()) {
            commands.run(known(id).commandLog(), "pause", id.toString());
        } else if (!freezer.get().freeze(timeoutNanos)) {
            freezer.get().thaw();
            throw new StackException(StackFailure.ENGINE_SILENT, id + ": does not stand still");
        }
        return null;
    }

    Void thaw(StackId id) throws StackException, IOException {
        OciContainer stack = running(id);
        Optional<Freezer> freezer = Freezer.of(stack.group());
        if (freezer.isEmpty()) {
            commands.run(known(id).commandLog(), "resume", id.toString());
        } else {
            freezer.get().thaw();
        }
        return null;
    }

    Void update(StackId id, StackResources resources) throws StackException, IOException {
        Cgroup group = group(known(id), id);
        try {
            new CgroupLimits(group).write(resources);
        } catch (IOException refused) {
            throw new StackException(StackFailure.LIMIT_REFUSED, id + ": " + refused.getMessage(), refused);
        }
        return null;
    }

    StackUsage usage(StackId id) throws StackException, IOException {
        StackFolder folder = known(id);
        if (Files.exists(folder.log()) && Files.size(folder.log()) > longestLog) {
            // Whoever writes it appends, so it begins anew.
            try (FileChannel log = FileChannel.open(folder.log(), StandardOpenOption.WRITE)) {
                log.truncate(0);
            }
        }
        return new CgroupUsage(group(folder, id)).read();
    }

    Void destroy(StackId id) throws StackException, IOException {
        rests.remove(id);
        groups.remove(id);
        return null;
    }

    List<FoundStack> find(String owner) throws IOException {
        List<FoundStack> found = new ArrayList<>();
        for (StackId id : rests.of(owner)) {
            StackFolder folder = new StackFolder(state, id);
            found.add(new FoundStack(id, readiness(id), folder.fingerprint(), memoryBytes(folder)));
        }
        return found;
    }

    private static long memoryBytes(StackFolder folder) throws IOException {
        Optional<Cgroup> group = folder.group();
        if (group.isEmpty()) {
            return UNKNOWN;
        }
        try {
            long bytes = new CgroupLimits(group.get()).memoryBytes();
            return bytes < NO_LIMIT ? bytes : UNKNOWN;
        } catch (IOException gone) {
            return UNKNOWN;
        }
    }

    private Readiness readiness(StackId id) throws IOException {
        StackFolder folder = new StackFolder(state, id);
        Optional<Cgroup> group = folder.group();
        if (group.isEmpty() || !OciContainer.isAlive(group.get())) {
            return Readiness.ABSENT;
        }
        Optional<Freezer> freezer = Freezer.of(group.get());
        if (freezer.isPresent() && freezer.get().isFrozen()) {
            return Readiness.FROZEN;
        }
        return folder.isStarted() ? Readiness.RUNNING : Readiness.CREATED;
    }

    /** Returns what is needed to act on a stack that was started. */
    OciContainer running(StackId id) throws StackException, IOException {
        StackFolder folder = known(id);
        OciContainer stack = new OciContainer(folder.endpoint(), group(folder, id));
        if (!folder.isStarted()) {
            throw new StackException(StackFailure.ENGINE_FAILED, id + ": not started");
        }
        if (!stack.isAlive()) {
            boolean memory = new CgroupUsage(stack.group()).memoryKills() > 0;
            throw new StackException(
                    memory ? StackFailure.OUT_OF_MEMORY : StackFailure.EXITED,
                    id + ": ended: " + OciCommands.tail(folder.log()));
        }
        return stack;
    }

    /** Returns where a socket is made that a stack is to connect to. */
    Path birthplace(StackId id) {
        return new StackFolder(state, id).birthplace(sockets.incrementAndGet());
    }

    long pid(StackId id) throws StackException, IOException {
        return known(id).pid();
    }

    private StackFolder known(StackId id) throws StackException {
        StackFolder folder = new StackFolder(state, id);
        if (!folder.exists()) {
            throw new StackException(StackFailure.UNKNOWN_STACK, id.toString());
        }
        return folder;
    }

    private Cgroup group(StackFolder folder, StackId id) throws StackException, IOException {
        Cgroup group = groups.get(id);
        if (group == null) {
            group = folder.group()
                    .orElseThrow(() -> new StackException(StackFailure.ENGINE_FAILED, id + ": was not created"));
            groups.put(id, group);
        }
        return group;
    }
}

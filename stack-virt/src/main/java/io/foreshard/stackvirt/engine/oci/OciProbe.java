package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.cgroup.Cgroup;
import io.foreshard.stackvirt.cgroup.CgroupLimits;
import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.spi.StackUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Tries what a runtime can do here: with a container that sleeps, made of this machine's own programs, and removed in the end. */
final class OciProbe {

    private static final String OWNER = "probe";
    private static final String PROGRAM = "sleep";
    private static final long EXEC_NANOS = 100_000_000;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final List<String> BORROWED = List.of("/bin", "/lib", "/lib64", "/usr");
    private static final List<String> FOLDERS = List.of("bin", "lib", "lib64", "usr", "proc", "dev", "tmp", "run");
    /** Enough for the helpers of each runtime, gVisor's in Go included. */
    private static final StackResources LIMITS = new StackResources(0.5, 256L << 20, 200, 4 << 10);

    private static final StackResources OTHERS = new StackResources(0.75, 320L << 20, 210, 4 << 10);

    private final String name;
    private final OciContainers containers;
    private final Path state;
    private final Map<EngineFeature, String> missing = new EnumMap<>(EngineFeature.class);

    OciProbe(String name, OciContainers containers, Path state) {
        this.name = name;
        this.containers = containers;
        this.state = state;
    }

    EngineReport run() throws StackException, IOException {
        String version = containers.commands().ask(state.resolve("version"), "--version");
        StackId id = new StackId(OWNER, "trial", ProcessHandle.current().pid());
        // One name: what a process leaves that is killed meanwhile, the next one uses.
        Path root = Files.createDirectories(state.resolve("trial"));
        try {
            // A JVM of the same number may have left one.
            containers.destroy(id);
            containers.create(
                    id,
                    spec(root),
                    BORROWED.stream().map(Path::of).filter(Files::exists).toList());
            containers.start(id);
            tryAll(id);
        } finally {
            containers.destroy(id);
            remove(root);
        }
        return new EngineReport(name, version, missing);
    }

    /** Removes only what is empty: should a runtime have left a folder of this machine there, it stays whole. */
    private static void remove(Path root) throws IOException {
        for (String folder : FOLDERS) {
            Files.deleteIfExists(root.resolve(folder));
        }
        Files.deleteIfExists(root);
    }

    private static StackSpec spec(Path root) throws IOException {
        for (String folder : FOLDERS) {
            Files.createDirectories(root.resolve(folder));
        }
        // The stack is another user than the one who made it.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new StackSpec(
                "trial",
                new StackSource.FileSystem(root, List.of("/bin/" + PROGRAM, "600")),
                "/run/trial",
                LIMITS,
                HealthCheck.DEFAULT,
                1,
                Map.of());
    }

    private void tryAll(StackId id) throws StackException, IOException {
        OciContainer stack = containers.running(id);
        long pid = containers.pid(id);
        limits(stack.group(), LIMITS, pid);
        attempt(EngineFeature.UPDATE, () -> {
            containers.update(id, OTHERS);
            require(hasAll(stack.group(), OTHERS), "the kernel keeps other limits");
        });
        attempt(EngineFeature.FREEZE, () -> {
            containers.freeze(id);
            containers.thaw(id);
        });
        attempt(EngineFeature.USAGE, () -> {
            StackUsage usage = containers.usage(id);
            require(usage.cpuNanos() >= 0 && usage.memoryBytes() >= 0, "control groups tell " + usage);
        });
        attempt(
                EngineFeature.ADOPT,
                () -> require(
                        containers.find(OWNER).stream()
                                .anyMatch(found -> found.id().equals(id)),
                        "it is not found again"));
        attempt(EngineFeature.FILE_ISOLATION, () -> otherNamespace(pid, "mnt"));
        attempt(EngineFeature.NETWORK_ISOLATION, () -> otherNamespace(pid, "net"));
    }

    private void limits(Cgroup group, StackResources limits, long pid) {
        CgroupLimits found = new CgroupLimits(group);
        attempt(
                EngineFeature.CPU_LIMIT,
                () -> require(found.quotaMicros() == CgroupLimits.quotaMicros(limits.cpus()), "no such quota"));
        attempt(
                EngineFeature.MEMORY_LIMIT,
                () -> require(found.memoryBytes() == limits.memoryBytes(), "no such limit of memory"));
        attempt(
                EngineFeature.PROCESS_LIMIT,
                () -> require(found.processes() == limits.processes(), "no such limit of processes"));
        attempt(
                EngineFeature.PROCESS_LIMIT,
                () -> require(isProgram(pid), "the kernel counts what runs the stack, not its threads"));
    }

    /** Whether this machine's kernel sees the stack's own program; else it cannot count what that starts. */
    private boolean isProgram(long pid) throws IOException {
        Path name = Path.of("/proc", Long.toString(pid), "comm");
        for (long waited = 0; waited <= EXEC_NANOS; waited += PAUSE_NANOS) {
            if (Files.readString(name).strip().equals(PROGRAM)) {
                return true;
            }
            // A runtime says that it has started a stack shortly before it turns into it.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    private static boolean hasAll(Cgroup group, StackResources limits) throws IOException {
        CgroupLimits found = new CgroupLimits(group);
        return found.quotaMicros() == CgroupLimits.quotaMicros(limits.cpus())
                && found.memoryBytes() == limits.memoryBytes()
                && found.processes() == limits.processes();
    }

    private static void otherNamespace(long pid, String kind) throws IOException, StackException {
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns", kind));
        Path other = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns", kind));
        require(!own.equals(other), "it shares " + own);
    }

    private static void require(boolean holds, String otherwise) throws StackException {
        if (!holds) {
            throw new StackException(StackFailure.UNSUPPORTED, otherwise);
        }
    }

    private void attempt(EngineFeature feature, Trial trial) {
        try {
            trial.run();
        } catch (StackException | IOException why) {
            missing.put(feature, String.valueOf(why.getMessage()));
        }
    }

    /** Tries something. */
    private interface Trial {

        void run() throws StackException, IOException;
    }
}

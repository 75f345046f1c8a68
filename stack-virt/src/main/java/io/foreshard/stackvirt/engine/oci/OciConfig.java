package io.foreshard.stackvirt.engine.oci;

import static io.foreshard.runtime.JsonText.object;

import io.foreshard.runtime.JsonText;
import io.foreshard.stackvirt.cgroup.CgroupLimits;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.worker.WorkerMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the configuration of a container (OCI runtime specification 1.0): its root read only, no capabilities, no network but the
 * one that its spec names or an empty one of its own, no devices but those that each container has, and of the machine's files the folder of its socket alone.
 */
final class OciConfig {

    private static final String OCI_VERSION = "1.0.2";
    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** The largest file that a stack may write, its log included. */
    private static final long LARGEST_FILE = 16L << 20;

    private static final long OPEN_FILES = 1024;
    private static final List<String> NAMESPACES = List.of("pid", "ipc", "uts", "mount");
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final StackId id;
    private final StackSpec spec;
    private final StackSource.FileSystem source;
    private final Path socketFolder;
    private final OciUser user;
    private final Dialing dialing;
    private final List<Path> borrowed;

    OciConfig(
            StackId id,
            StackSpec spec,
            StackSource.FileSystem source,
            Path socketFolder,
            OciUser user,
            Dialing dialing,
            List<Path> borrowed) {
        this.id = id;
        this.spec = spec;
        this.source = source;
        this.socketFolder = socketFolder;
        this.user = user;
        this.dialing = dialing;
        this.borrowed = List.copyOf(borrowed);
    }

    String text() {
        return JsonText.of(object(
                "ociVersion", OCI_VERSION,
                "root", object("path", source.root(), "readonly", true),
                "hostname", id.kind(),
                "process", process(),
                "mounts", mounts(),
                "linux", linux()));
    }

    private Map<String, Object> process() {
        String way = dialing == Dialing.ENGINE ? WorkerMain.ENDPOINT : WorkerMain.DIAL;
        List<String> environment = new ArrayList<>(List.of(PATH, way + "=" + spec.endpoint()));
        spec.parameters().forEach((name, value) -> environment.add(name + "=" + value));
        List<String> none = List.of();
        return object(
                "terminal",
                false,
                "user",
                object("uid", user.uid(), "gid", user.gid()),
                "args",
                source.command(),
                "env",
                environment,
                "cwd",
                "/",
                "capabilities",
                object(
                        "bounding", none,
                        "effective", none,
                        "inheritable", none,
                        "permitted", none,
                        "ambient", none),
                "rlimits",
                List.of(
                        rlimit("RLIMIT_NOFILE", OPEN_FILES),
                        rlimit("RLIMIT_FSIZE", LARGEST_FILE),
                        rlimit("RLIMIT_CORE", 0)),
                "noNewPrivileges",
                true);
    }

    private static Map<String, Object> rlimit(String type, long value) {
        return object("type", type, "hard", value, "soft", value);
    }

    private List<Map<String, Object>> mounts() {
        List<Map<String, Object>> mounts = new ArrayList<>(List.of(
                mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
                mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=64k")),
                mount("/tmp", "tmpfs", "tmpfs", List.of("nosuid", "nodev", "noexec", "mode=1777", "size=16m")),
                mount(
                        endpointFolder(spec.endpoint()),
                        "bind",
                        socketFolder.toString(),
                        // Who only connects makes no file.
                        List.of("bind", dialing == Dialing.ENGINE ? "rw" : "ro", "nosuid", "nodev", "noexec"))));
        borrowed.forEach(folder -> mounts.add(
                mount(folder.toString(), "bind", folder.toString(), List.of("rbind", "ro", "nosuid", "nodev"))));
        return mounts;
    }

    static String endpointFolder(String endpoint) {
        Path folder = Path.of(endpoint).getParent();
        return folder == null ? "/" : folder.toString();
    }

    private static Map<String, Object> mount(String where, String type, String source, List<String> options) {
        return object("destination", where, "type", type, "source", source, "options", options);
    }

    private Map<String, Object> linux() {
        return object(
                // Relative: below the groups of this process where the runtime nests them, never above.
                "cgroupsPath", id.toString(),
                "namespaces", namespaces(),
                "resources", resources(spec.resources()),
                "maskedPaths", MASKED,
                "readonlyPaths", READ_ONLY);
    }

    private List<Map<String, Object>> namespaces() {
        List<Map<String, Object>> namespaces = new ArrayList<>();
        NAMESPACES.forEach(type -> namespaces.add(object("type", type)));
        namespaces.add(spec.networkNamespace()
                .map(path -> object("type", "network", "path", path))
                .orElseGet(() -> object("type", "network")));
        return namespaces;
    }

    private static Map<String, Object> resources(StackResources resources) {
        return object(
                "devices", List.of(object("allow", false, "access", "rwm")),
                "memory", object("limit", resources.memoryBytes(), "swap", resources.memoryBytes()),
                "cpu",
                        object(
                                "quota",
                                CgroupLimits.quotaMicros(resources.cpus()),
                                "period",
                                CgroupLimits.CPU_PERIOD_MICROS),
                "pids", object("limit", resources.processes()));
    }
}

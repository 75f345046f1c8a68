package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.cgroup.Cgroup;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackProtocol;
import io.foreshard.stackvirt.spi.StackSpec;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What of one stack lies on disk: the bundle for the runtime, the folder of its socket, its log, and what a later engine must know. */
final class StackFolder {

    private static final String SPEC = "stack.properties";
    private static final String GROUPS = "groups.properties";
    private static final String STARTED = "started";
    private static final String UNIFIED = "unified";
    private static final String ENDPOINT = "endpoint";
    private static final String PROTOCOL = "protocol";
    private static final String PATIENCE = "connectNanos";
    private static final String BUFFER = "bufferBytes";
    private static final String IN_FLIGHT = "maxInFlight";
    private static final String FINGERPRINT = "fingerprint";
    private static final String DIALING = "dialing";

    private final Path folder;

    StackFolder(Path state, StackId id) {
        folder = state.resolve(id.toString());
    }

    Path path() {
        return folder;
    }

    Path log() {
        return folder.resolve("log");
    }

    Path pidFile() {
        return folder.resolve("pid");
    }

    /** Short, as the address of a unix socket has little room. */
    Path socketFolder() {
        return folder.resolve("s");
    }

    /** Where a socket is made that the stack is to see whole; its number was not used by this engine. */
    Path birthplace(long number) {
        return folder.resolve("b" + Long.toString(number, Character.MAX_RADIX));
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    void create(String configuration, StackSpec spec, Dialing dialing) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(socketFolder());
        // The stack runs as another user; nobody but root comes through the folder above.
        Files.setPosixFilePermissions(
                socketFolder(), PosixFilePermissions.fromString(dialing == Dialing.ENGINE ? "rwxrwxrwx" : "rwxr-xr-x"));
        Properties known = new Properties();
        known.setProperty(ENDPOINT, spec.endpoint());
        known.setProperty(PROTOCOL, spec.protocol());
        known.setProperty(PATIENCE, Long.toString(nanos(spec.health())));
        known.setProperty(BUFFER, Long.toString(spec.resources().bufferBytes()));
        known.setProperty(FINGERPRINT, spec.fingerprint());
        known.setProperty(IN_FLIGHT, Integer.toString(spec.maxInFlight()));
        known.setProperty(DIALING, dialing.name());
        try (Writer writer = Files.newBufferedWriter(folder.resolve(SPEC), StandardCharsets.UTF_8)) {
            known.store(writer, null);
        }
        Files.writeString(folder.resolve("config.json"), configuration);
    }

    private static long nanos(HealthCheck health) {
        return health.timeout().toNanos();
    }

    /** Returns what a link to the stack must know. */
    Endpoint endpoint() throws IOException {
        Properties known = load(folder.resolve(SPEC));
        try {
            return new Endpoint(
                    socket(known.getProperty(ENDPOINT, "")),
                    known.getProperty(PROTOCOL, StackProtocol.FRAMES),
                    Duration.ofNanos(Long.parseLong(known.getProperty(PATIENCE, ""))),
                    Long.parseLong(known.getProperty(BUFFER, "")),
                    Integer.parseInt(known.getProperty(IN_FLIGHT, "")),
                    Dialing.valueOf(known.getProperty(DIALING, Dialing.ENGINE.name())));
        } catch (IllegalArgumentException damaged) {
            throw new IOException("stack.properties: damaged (" + damaged.getMessage() + ")", damaged);
        }
    }

    /** Returns that of the spec that it was created with; empty if it was not created to the end. */
    String fingerprint() throws IOException {
        Path file = folder.resolve(SPEC);
        return Files.exists(file) ? load(file).getProperty(FINGERPRINT, "") : "";
    }

    Path socket(String endpoint) {
        return socketFolder().resolve(Path.of(endpoint).getFileName());
    }

    long pid() throws IOException {
        try {
            return Long.parseLong(Files.readString(pidFile()).strip());
        } catch (NumberFormatException damaged) {
            throw new IOException(pidFile() + ": not a number", damaged);
        }
    }

    /** Keeps where the control groups are: when the process that they are known by has ended, they are still to be removed. */
    void remember(Cgroup group) throws IOException {
        Properties known = new Properties();
        group.controllers().forEach((controller, path) -> known.setProperty(controller, path.toString()));
        group.unified().ifPresent(path -> known.setProperty(UNIFIED, path.toString()));
        try (Writer writer = Files.newBufferedWriter(folder.resolve(GROUPS), StandardCharsets.UTF_8)) {
            known.store(writer, null);
        }
    }

    /** Returns its control groups; empty if it was not created to the end. */
    Optional<Cgroup> group() throws IOException {
        Path file = folder.resolve(GROUPS);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, Path> controllers = new HashMap<>();
        Properties known = load(file);
        known.forEach((controller, path) -> controllers.put(controller.toString(), Path.of(path.toString())));
        Optional<Path> unified = Optional.ofNullable(controllers.remove(UNIFIED));
        return Optional.of(new Cgroup(controllers, unified));
    }

    void markStarted() throws IOException {
        Files.createFile(folder.resolve(STARTED));
    }

    boolean isStarted() {
        return Files.exists(folder.resolve(STARTED));
    }

    /** What the commands say that start nothing. */
    Path commandLog() {
        return folder.resolve("commands");
    }

    private static Properties load(Path file) throws IOException {
        Properties known = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            known.load(reader);
            return known;
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + ": damaged (" + damaged.getMessage() + ")", damaged);
        }
    }

    /** Where a stack and its engine meet, what it speaks, how long that may take, how much may be on its way to the stack, and who connects. */
    record Endpoint(
            Path socket, String protocol, Duration patience, long bufferBytes, int maxInFlight, Dialing dialing) {}
}

package io.foreshard.stackvirt.engine.oci;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.engine.link.FrameProtocol;
import io.foreshard.stackvirt.spi.StackProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Makes an {@link OciEngine}. */
public final class OciEngineBuilder {

    private static final int NOBODY = 65_534;
    private static final int MOST_MESSAGE = 1 << 30;

    final OciRuntime runtime;
    final Path state;
    final Executor executor;
    final Map<String, StackProtocol> protocols = new HashMap<>();
    OciUser user = new OciUser(NOBODY, NOBODY);
    Duration timeout = Duration.ofSeconds(10);
    int largestMessage = 1 << 20;
    long longestLog = 1 << 20;

    OciEngineBuilder(OciRuntime runtime, Path state, Executor executor) {
        Checks.require(state.isAbsolute(), "state", state, "an absolute path");
        this.runtime = runtime;
        this.state = state.normalize();
        this.executor = executor;
        protocols.put(StackProtocol.FRAMES, new FrameProtocol());
    }

    /**
     * Sets whom the processes of stacks run as; 65534 (nobody) unless set.
     *
     * @param uid user, 0 for root without any capability
     * @param gid group
     * @return this
     */
    public OciEngineBuilder user(int uid, int gid) {
        user = new OciUser(Checks.notNegative("uid", uid), Checks.notNegative("gid", gid));
        return this;
    }

    /**
     * Sets how long a command of the runtime may take before it is ended; 10 s unless set.
     *
     * @param timeout 100 ms to 10 min
     * @return this
     */
    public OciEngineBuilder timeout(Duration timeout) {
        Checks.duration("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(10));
        this.timeout = timeout;
        return this;
    }

    /**
     * Sets the largest message and answer; 1 MiB unless set. A larger message is refused, a stack that sends a larger answer is cut off.
     *
     * @param bytes of content, 1 to 2^30
     * @return this
     */
    public OciEngineBuilder largestMessage(int bytes) {
        largestMessage = Checks.inRange("largestMessage", bytes, 1, MOST_MESSAGE);
        return this;
    }

    /**
     * Adds what stacks may speak beside the module's own frames. Each kind names its own, see {@link
     * io.foreshard.stackvirt.spi.StackSpec#protocol}.
     *
     * @param protocol of a name that is not taken
     * @return this
     */
    public OciEngineBuilder protocol(StackProtocol protocol) {
        Checks.require(
                protocols.putIfAbsent(protocol.name(), protocol) == null,
                "protocol",
                protocol.name(),
                "a name that is not taken");
        return this;
    }

    /**
     * Sets how long the log of a stack may become; 1 MiB unless set. One that is longer when its usage is read is emptied; one that grows to
     * 16 MiB before takes no more.
     *
     * @param bytes 4 KiB to 16 MiB
     * @return this
     */
    public OciEngineBuilder longestLog(long bytes) {
        longestLog = Checks.inRange("longestLog", bytes, 4 << 10, 16 << 20);
        return this;
    }

    /**
     * Makes the engine, and its folder of state if that is not there.
     *
     * @return close it
     * @throws IOException if the folder cannot be made
     */
    public OciEngine build() throws IOException {
        if (!Files.isDirectory(state)) {
            Files.createDirectories(
                    state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return new OciEngine(this);
    }
}

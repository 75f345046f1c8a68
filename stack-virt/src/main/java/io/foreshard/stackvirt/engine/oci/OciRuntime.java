package io.foreshard.stackvirt.engine.oci;

import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A container runtime by its command line (runc(8) and what follows it).
 *
 * @param name what the engine is called: kebab-case
 * @param command the program, with what stands in front of it and the arguments that each of its commands gets
 * @param dialing which side can connect to the other
 */
public record OciRuntime(String name, List<String> command, Dialing dialing) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    /** A mount namespace without the hierarchy of version 2 that crun 1.8 refuses to see beside those of version 1. */
    private static final String WITHOUT_UNIFIED = "umount /sys/fs/cgroup/unified 2>/dev/null; exec \"$0\" \"$@\"";

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the name has another form or the command is empty
     */
    public OciRuntime {
        Checks.require(NAME.matcher(name).matches(), "name", name, NAME.pattern());
        command = List.copyOf(command);
        Checks.require(!command.isEmpty(), "command", command, "a program and its arguments");
    }

    /**
     * A runtime whose stacks can be connected to.
     *
     * @param name as above
     * @param command as above
     */
    public OciRuntime(String name, List<String> command) {
        this(name, command, Dialing.ENGINE);
    }

    /** The reference runtime. */
    public static OciRuntime runc() {
        return new OciRuntime("runc", List.of("runc"));
    }

    /** The runtime in C, in a mount namespace of its own for machines with control groups of both versions. */
    public static OciRuntime crun() {
        return new OciRuntime("crun", List.of("unshare", "-m", "sh", "-c", WITHOUT_UNIFIED, "crun"));
    }

    /**
     * gVisor: a kernel in user space between the stack and the machine's. Uses the platform that runs everywhere. A socket that a stack binds
     * is within that kernel alone, so the stack connects to one of the machine.
     */
    public static OciRuntime gvisor() {
        return new OciRuntime(
                "runsc", List.of("runsc", "--platform=ptrace", "--network=none", "--fsgofer-host-uds"), Dialing.STACK);
    }

    /** Kata: a virtual machine around the stack. By the same command line as the others; not tried. */
    public static OciRuntime kata() {
        return new OciRuntime("kata-runtime", List.of("kata-runtime"));
    }

    /**
     * Returns this runtime with more arguments for each of its commands.
     *
     * @param arguments such as {@code --systemd-cgroup}
     */
    public OciRuntime with(String... arguments) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(List.of(arguments));
        return new OciRuntime(name, longer, dialing);
    }
}

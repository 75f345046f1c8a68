package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.cgroup.Cgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A container that was started, and all that is needed to act on it. */
record OciContainer(StackFolder.Endpoint endpoint, Cgroup group) {

    /** Returns whether a process of it is left. */
    boolean isAlive() {
        return isAlive(group);
    }

    static boolean isAlive(Cgroup group) {
        return group.folders().stream().anyMatch(OciContainer::hasProcesses);
    }

    private static boolean hasProcesses(Path folder) {
        try {
            return !Files.readString(folder.resolve("cgroup.procs")).isBlank();
        } catch (IOException gone) {
            return false;
        }
    }
}

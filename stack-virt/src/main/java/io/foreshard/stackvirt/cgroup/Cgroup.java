package io.foreshard.stackvirt.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The control groups of one process: in version 1 a folder for each controller, in version 2 one folder for all.
 *
 * @param controllers folder of each controller of version 1
 * @param unified folder of version 2, if that is mounted
 */
public record Cgroup(Map<String, Path> controllers, Optional<Path> unified) {

    private static final int FIELDS = 3;

    /** Copies the arguments. */
    public Cgroup {
        controllers = Map.copyOf(controllers);
    }

    /**
     * Finds the groups of a process. What a runtime was told about paths is not believed: runtimes nest groups where they like.
     *
     * @param proc where the proc file system is
     * @param pid of the process
     * @throws IOException if there is no such process
     */
    public static Cgroup of(Path proc, long pid) throws IOException {
        CgroupMounts mounts = CgroupMounts.read(proc);
        Map<String, Path> controllers = new LinkedHashMap<>();
        Optional<Path> unified = Optional.empty();
        for (String line : Files.readAllLines(proc.resolve(Long.toString(pid)).resolve("cgroup"))) {
            String[] fields = line.split(":", FIELDS);
            if (fields.length < FIELDS || !fields[2].startsWith("/")) {
                continue;
            }
            if (fields[1].isEmpty()) {
                unified = mounts.unified().map(mount -> mount.folder(fields[2]));
            } else {
                for (String controller : fields[1].split(",", -1)) {
                    CgroupMounts.Mount mount = mounts.controllers().get(controller);
                    if (mount != null) {
                        controllers.put(controller, mount.folder(fields[2]));
                    }
                }
            }
        }
        return new Cgroup(controllers, unified);
    }

    /**
     * Returns the folder that has the files of a controller.
     *
     * @param controller such as {@code memory}
     */
    public Optional<Path> folder(String controller) {
        Path own = controllers.get(controller);
        return own == null ? unified : Optional.of(own);
    }

    /**
     * Returns whether a controller is one of version 2.
     *
     * @param controller such as {@code memory}
     */
    public boolean isUnified(String controller) {
        return !controllers.containsKey(controller);
    }

    /** Returns all folders. */
    public Set<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>(controllers.values());
        unified.ifPresent(folders::add);
        return folders;
    }

    /**
     * Returns only the folders of a name, so that nobody acts on a group that others share.
     *
     * @param name what the last part of their path is
     */
    public Cgroup named(String name) {
        Map<String, Path> own = new LinkedHashMap<>();
        controllers.forEach((controller, folder) -> {
            if (folder.endsWith(name)) {
                own.put(controller, folder);
            }
        });
        return new Cgroup(own, unified.filter(folder -> folder.endsWith(name)));
    }
}

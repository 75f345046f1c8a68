package io.foreshard.stackvirt.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the hierarchies of control groups are mounted, as {@code /proc/self/mountinfo} tells (proc(5), cgroups(7)).
 *
 * @param controllers mount of each controller of version 1, by its name
 * @param unified mount of version 2, if there is one
 */
public record CgroupMounts(Map<String, CgroupMounts.Mount> controllers, Optional<CgroupMounts.Mount> unified) {

    private static final Set<String> KNOWN =
            Set.of("cpu", "cpuacct", "cpuset", "memory", "pids", "freezer", "devices", "blkio", "hugetlb", "net_cls");
    /** Where the type of the file system stands behind the dash that ends the optional fields. */
    private static final int TYPE = 1;

    private static final int OPTIONS = 3;
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;

    /**
     * A mounted hierarchy.
     *
     * @param root which part of it is mounted; {@code /} for all
     * @param point where
     */
    public record Mount(String root, Path point) {

        /**
         * Returns the folder of a group.
         *
         * @param path of the group in its hierarchy, begins with a slash
         */
        public Path folder(String path) {
            boolean below = !root.equals("/") && (path.equals(root) || path.startsWith(root + "/"));
            String inside = below ? path.substring(root.length()) : path;
            return inside.length() > 1 ? point.resolve(inside.substring(1)) : point;
        }
    }

    /** Copies the arguments. */
    public CgroupMounts {
        controllers = Map.copyOf(controllers);
    }

    /**
     * Reads what is mounted.
     *
     * @param proc where the proc file system is, such as {@code /proc}
     * @throws IOException if that cannot be read
     */
    public static CgroupMounts read(Path proc) throws IOException {
        Map<String, Mount> controllers = new LinkedHashMap<>();
        Optional<Mount> unified = Optional.empty();
        for (String line : Files.readAllLines(proc.resolve("self/mountinfo"))) {
            List<String> fields = Arrays.asList(line.split(" ", -1));
            int dash = fields.indexOf("-");
            if (dash < 0 || dash + OPTIONS >= fields.size()) {
                continue;
            }
            Mount mount = new Mount(fields.get(ROOT), Path.of(fields.get(MOUNT_POINT)));
            String type = fields.get(dash + TYPE);
            if (type.equals("cgroup2")) {
                unified = Optional.of(mount);
            } else if (type.equals("cgroup")) {
                for (String option : fields.get(dash + OPTIONS).split(",", -1)) {
                    if (KNOWN.contains(option) || option.startsWith("name=")) {
                        controllers.putIfAbsent(option, mount);
                    }
                }
            }
        }
        return new CgroupMounts(controllers, unified);
    }

    /** Returns all places under which control groups are found. */
    public Set<Path> points() {
        Set<Path> points = new LinkedHashSet<>();
        controllers.values().forEach(mount -> points.add(mount.point()));
        unified.ifPresent(mount -> points.add(mount.point()));
        return points;
    }
}

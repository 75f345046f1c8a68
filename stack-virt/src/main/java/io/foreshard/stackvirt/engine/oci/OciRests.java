package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.cgroup.Cgroup;
import io.foreshard.stackvirt.cgroup.CgroupMounts;
import io.foreshard.stackvirt.cgroup.Freezer;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Finds and removes all that is left of stacks: what the runtime knows, processes, control groups, mounts, files. Works from what is there,
 * not from what should be, so that it ends what a crash has left at any point.
 */
final class OciRests {

    private static final int DELETE_ATTEMPTS = 3;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final Set<String> CHANGING = Set.of("create", "start", "delete", "pause", "resume");
    private static final String[] NO_ARGUMENTS = {};

    private final OciCommands commands;
    private final Path proc;
    private final Path state;
    private final long timeoutNanos;

    OciRests(OciCommands commands, Path proc, Path state, long timeoutNanos) {
        this.commands = commands;
        this.proc = proc;
        this.state = state;
        this.timeoutNanos = timeoutNanos;
    }

    /** Returns the stacks of an owner of which anything is there. */
    Set<StackId> of(String owner) throws IOException {
        Set<StackId> found = new TreeSet<>(Comparator.comparing(StackId::toString));
        for (Path folder : places()) {
            for (Path each : children(folder)) {
                // gVisor puts more behind the name of a container in the names of its files.
                String name = each.getFileName().toString();
                StackId.parse(name.contains("_") ? name.substring(0, name.indexOf('_')) : name)
                        .filter(id -> id.owner().equals(owner))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private List<Path> places() throws IOException {
        List<Path> places = new ArrayList<>(List.of(state, commands.root()));
        places.addAll(groupPlaces());
        return places;
    }

    /** Runtimes put control groups below those of the caller, or at the top. */
    private Set<Path> groupPlaces() throws IOException {
        Set<Path> places = new LinkedHashSet<>(CgroupMounts.read(proc).points());
        places.addAll(Cgroup.of(proc, ProcessHandle.current().pid()).folders());
        return places;
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    void remove(StackId id) throws StackException, IOException {
        StackFolder folder = new StackFolder(state, id);
        Set<Path> groups = groups(folder, id);
        if (folder.exists() || !groups.isEmpty() || !runtimeFiles(id).isEmpty()) {
            awaitCommands(folder, id);
            thaw(folder);
            Optional<StackException> fault = delete(folder, id);
            removeGroups(id, groups(folder, id), fault);
            unmount(folder);
            for (Path file : runtimeFiles(id)) {
                deleteTree(file);
            }
            deleteTree(folder.path());
        }
    }

    /** A command that a process has left behind when it was killed goes on, and may still make what is removed here. */
    private void awaitCommands(StackFolder folder, StackId id) throws IOException {
        for (long waited = 0; waited <= timeoutNanos; waited += PAUSE_NANOS) {
            if (commands(folder, id).isEmpty()) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        commands(folder, id).forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> commands(StackFolder folder, StackId id) throws IOException {
        // The first process of a container that was only created looks like the command that made it.
        Set<Long> own = new HashSet<>();
        for (Path group : groups(folder, id)) {
            own.addAll(processes(group));
        }
        return ProcessHandle.allProcesses()
                .filter(process -> !own.contains(process.pid()))
                .filter(process -> isCommand(process.info().arguments().orElse(NO_ARGUMENTS), id))
                .toList();
    }

    private static boolean isCommand(String[] arguments, StackId id) {
        return arguments.length > 1
                && arguments[arguments.length - 1].equals(id.toString())
                && Stream.of(arguments).anyMatch(CHANGING::contains);
    }

    /** A process that stands still cannot be ended. */
    private static void thaw(StackFolder folder) throws IOException {
        Optional<Freezer> freezer = folder.group().flatMap(Freezer::of);
        if (freezer.isPresent()) {
            freezer.get().thaw();
        }
    }

    /** Returns what is wrong if the runtime does not remove its container; that may be all right, if nothing of it is left. */
    private Optional<StackException> delete(StackFolder folder, StackId id) {
        Path answer = folder.exists() ? folder.commandLog() : state.resolve("last-delete");
        StackException fault = null;
        for (int attempt = 0; attempt < DELETE_ATTEMPTS && !runtimeFiles(id).isEmpty(); attempt++) {
            try {
                commands.ask(answer, "delete", "--force", id.toString());
                return Optional.empty();
            } catch (StackException again) {
                fault = again;
            }
        }
        return Optional.ofNullable(fault);
    }

    private List<Path> runtimeFiles(StackId id) {
        try {
            return children(commands.root()).stream()
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        return name.equals(id.toString()) || name.startsWith(id + "_");
                    })
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private Set<Path> groups(StackFolder folder, StackId id) throws IOException {
        Set<Path> groups = new LinkedHashSet<>();
        folder.group().ifPresent(known -> groups.addAll(known.folders()));
        for (Path place : groupPlaces()) {
            groups.add(place.resolve(id.toString()));
        }
        groups.removeIf(group -> !Files.isDirectory(group));
        return groups;
    }

    private void removeGroups(StackId id, Set<Path> groups, Optional<StackException> fault)
            throws StackException, IOException {
        for (Path group : groups) {
            boolean gone = false;
            for (long waited = 0; !gone && waited <= timeoutNanos; waited += PAUSE_NANOS) {
                killAll(group);
                gone = removeGroup(group);
                if (!gone) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            if (!gone) {
                throw fault.orElse(new StackException(StackFailure.ENGINE_FAILED, id + ": cannot remove " + group));
            }
        }
    }

    private static void killAll(Path group) {
        for (long pid : processes(group)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static List<Long> processes(Path group) {
        Path processes = group.resolve("cgroup.procs");
        try {
            return Files.readAllLines(processes).stream()
                    .map(line -> Long.parseLong(line.strip()))
                    .toList();
        } catch (IOException gone) {
            // Whether it really is, its removal shows.
            return List.of();
        }
    }

    /** Returns whether the group is gone, with those that the stack has made below it. */
    private static boolean removeGroup(Path group) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.walk(group)) {
            folders = all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (UncheckedIOException | NoSuchFileException changing) {
            return !Files.exists(group);
        }
        for (Path folder : folders) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException busy) {
                return false;
            } catch (IOException busy) {
                return !Files.exists(group);
            }
        }
        return true;
    }

    private void unmount(StackFolder folder) throws IOException, StackException {
        String prefix = folder.path() + "/";
        for (String line : Files.readAllLines(proc.resolve("self/mountinfo"))) {
            String[] fields = line.split(" ", -1);
            int mountPoint = 4;
            if (fields.length > mountPoint && fields[mountPoint].startsWith(prefix)) {
                commands.other("umount", "-l", fields[mountPoint]);
            }
        }
    }

    private static void deleteTree(Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(top)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}

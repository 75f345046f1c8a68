package io.foreshard.stackvirt.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Stops all processes of a control group where they stand (freezer of version 1, {@code cgroup.freeze} of version 2). */
public final class Freezer {

    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 5_000_000;
    private static final int ATTEMPTS_BEFORE_ANEW = 16;

    private final Path control;
    private final Path state;
    private final boolean unified;

    private Freezer(Path control, Path state, boolean unified) {
        this.control = control;
        this.state = state;
        this.unified = unified;
    }

    /**
     * Returns the freezer of a group.
     *
     * @param group which one
     * @return empty if the kernel offers none for it
     */
    public static Optional<Freezer> of(Cgroup group) {
        return group.folder("freezer").flatMap(folder -> {
            boolean unified = group.isUnified("freezer");
            Path control = folder.resolve(unified ? "cgroup.freeze" : "freezer.state");
            return Files.isWritable(control)
                    ? Optional.of(new Freezer(control, unified ? folder.resolve("cgroup.events") : control, unified))
                    : Optional.empty();
        });
    }

    /**
     * Stops the processes and waits until all stand still.
     *
     * @param limitNanos how long to wait
     * @return whether they do; if not, some may
     * @throws IOException if the kernel refuses
     */
    public boolean freeze(long limitNanos) throws IOException {
        long pause = FIRST_PAUSE_NANOS;
        int attempts = 0;
        for (long waited = 0; waited <= limitNanos; waited += pause) {
            attempts++;
            if (attempts % ATTEMPTS_BEFORE_ANEW == 0) {
                // Version 1 may stay half frozen for ever, such as when a process was being throttled: only beginning
                // anew helps.
                thaw();
                LockSupport.parkNanos(LONGEST_PAUSE_NANOS);
                waited += LONGEST_PAUSE_NANOS;
                pause = FIRST_PAUSE_NANOS;
            }
            // It may also miss a process that is just being started; it is told again for that.
            write(unified ? "1" : "FROZEN");
            if (isFrozen()) {
                return true;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
        return isFrozen();
    }

    /**
     * Lets the processes go on.
     *
     * @throws IOException if the kernel refuses
     */
    public void thaw() throws IOException {
        write(unified ? "0" : "THAWED");
    }

    /**
     * Returns whether all processes stand still.
     *
     * @throws IOException if the group is gone
     */
    public boolean isFrozen() throws IOException {
        String text = Files.readString(state);
        return unified ? text.contains("frozen 1") : text.startsWith("FROZEN");
    }

    private void write(String text) throws IOException {
        Files.writeString(control, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }
}

package io.foreshard.examples.stacks.protocol;

import io.foreshard.stackvirt.worker.StackHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** Takes its time for each message, in place of the look-ups of a resolver and the route computations of a speaker. */
abstract class WorkingHandler implements StackHandler {

    /** The environment variable that says how long, in microseconds. */
    static final String WORK = "WORK_MICROS";

    private final long workNanos;

    WorkingHandler(long workNanos) {
        this.workNanos = workNanos;
    }

    static long workNanos() {
        String micros = System.getenv(WORK);
        return micros == null ? 0 : 1000L * Integer.parseInt(micros);
    }

    @Override
    public final ByteBuffer answer(ByteBuffer message) throws Exception {
        long end = System.nanoTime() + workNanos;
        for (long left = workNanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return reply(message);
    }

    abstract ByteBuffer reply(ByteBuffer message) throws Exception;
}

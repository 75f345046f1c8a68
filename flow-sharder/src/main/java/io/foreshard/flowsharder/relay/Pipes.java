package io.foreshard.flowsharder.relay;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The pipes of one event loop. */
final class Pipes implements Conduits {

    private static final int MOST_IDLE = 16;

    private final ArrayDeque<Conduit> idle = new ArrayDeque<>(MOST_IDLE);

    @Override
    public @Nullable Conduit take() {
        Conduit pipe = idle.pollLast();
        if (pipe != null) {
            return pipe;
        }
        try {
            return new Pipe();
        } catch (IOException noFileDescriptors) {
            return null;
        }
    }

    /** What is in a pipe cannot be taken out but by reading it. */
    @Override
    public void giveBack(Conduit conduit) {
        if (conduit instanceof Pipe && conduit.isEmpty() && idle.size() < MOST_IDLE) {
            idle.addLast(conduit);
        } else {
            conduit.close();
        }
    }

    @Override
    public void close() {
        idle.forEach(Conduit::close);
        idle.clear();
    }
}

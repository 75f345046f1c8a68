package io.foreshard.addrsharding.engine;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Work in parts, of which one that fails does not keep the others from being done. */
final class Parts {

    private @Nullable RuntimeException first;

    void run(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException failure) {
            if (first == null) {
                first = failure;
            } else if (first != failure) {
                first.addSuppressed(failure);
            }
        }
    }

    <T> void each(Collection<T> all, Consumer<? super T> part) {
        all.forEach(one -> run(() -> part.accept(one)));
    }

    /** Throws what failed first. */
    void end() {
        if (first != null) {
            throw first;
        }
    }
}

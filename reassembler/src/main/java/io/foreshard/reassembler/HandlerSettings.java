package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.WireReason;
import java.net.SocketAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a handler was built with. */
record HandlerSettings(
        EngineSettings engine,
        Predicate<? super @Nullable SocketAddress> validated,
        @Nullable Consumer<? super MessageFailure> failures,
        ReasonCounters<WireReason> wireCounters) {

    boolean isValidated(@Nullable SocketAddress sender) {
        try {
            return validated.test(sender);
        } catch (RuntimeException | LinkageError failure) {
            return false;
        }
    }
}

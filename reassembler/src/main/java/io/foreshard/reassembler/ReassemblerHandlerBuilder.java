package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.WireReason;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Configures {@link ReassemblerHandler}s. Not thread-safe. */
public final class ReassemblerHandlerBuilder {

    private final ReassemblerBuilder engine;
    private Predicate<? super @Nullable SocketAddress> validated = sender -> false;
    private @Nullable Consumer<? super MessageFailure> failures;

    ReassemblerHandlerBuilder(ReassemblerBuilder engine) {
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    /**
     * Sets which senders are known not to be forged, and so get a quota of their own instead of a share of the pool.
     *
     * @param predicate is asked once per source, on the event loop, with the sender's address, {@code null} if the channel does
     *     not know it; what throws counts as no
     * @return this
     */
    public ReassemblerHandlerBuilder validated(Predicate<? super @Nullable SocketAddress> predicate) {
        validated = Objects.requireNonNull(predicate, "predicate");
        return this;
    }

    /**
     * Sets who is told of messages that fail.
     *
     * @param consumer is called on the event loop and owns the partial content, if there is any; nobody by default
     * @return this
     */
    public ReassemblerHandlerBuilder failures(Consumer<? super MessageFailure> consumer) {
        failures = Objects.requireNonNull(consumer, "consumer");
        return this;
    }

    /**
     * {@return a new handler for one channel}
     *
     * @throws IllegalArgumentException if a value of the engine's builder is out of its range; the message names it
     */
    public ReassemblerHandler build() {
        EngineSettings settings = engine.settings();
        ReasonCounters<WireReason> wireCounters = new ReasonCounters<>(WireReason.class, settings.observer());
        return new ReassemblerHandler(new HandlerSettings(settings, validated, failures, wireCounters));
    }
}

package io.foreshard.stackvirt.engine.inprocess;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.worker.StackHandler;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes an {@link InProcessEngine}. */
public final class InProcessEngineBuilder {

    private static final int MOST_SPIN = 1 << 24;

    final EventLoopGroup stacks;
    final EventLoopGroup timers;
    final Map<String, InProcessStack.Factory> factories = new HashMap<>();
    int spin;
    Duration timeout = Duration.ofSeconds(10);

    InProcessEngineBuilder(EventLoopGroup stacks, EventLoopGroup timers) {
        this.stacks = stacks;
        this.timers = timers;
    }

    /**
     * Adds a kind of stack.
     *
     * @param name by which a {@link io.foreshard.stackvirt.spi.StackSource.InProcess} names it
     * @param factory makes the stacks
     * @return this
     * @throws IllegalArgumentException if there is one of this name
     */
    public InProcessEngineBuilder stack(String name, InProcessStack.Factory factory) {
        Checks.require(factories.putIfAbsent(name, factory) == null, "name", name, "a new one");
        return this;
    }

    /**
     * Adds a kind of stack by what a worker program would run. Each answer is copied once.
     *
     * @param name as in {@link #stack}
     * @param handler makes what answers the messages of one stack
     * @return this
     * @throws IllegalArgumentException if there is one of this name
     */
    public InProcessEngineBuilder handler(String name, Supplier<? extends StackHandler> handler) {
        return stack(name, (spec, loop) -> new HandlerStack(handler.get()));
    }

    /**
     * Sets how often an event loop looks at an empty ring again before it goes on with other things; 0 unless set. Some thousand times make a
     * message cross in less than a microsecond, where both loops have a processor of their own and nothing else to do.
     *
     * @param times 0 to 2^24
     * @return this
     */
    public InProcessEngineBuilder spin(int times) {
        spin = Checks.inRange("spin", times, 0, MOST_SPIN);
        return this;
    }

    /**
     * Sets how long a stack may take to begin, to freeze or to thaw; 10 s unless set.
     *
     * @param timeout 1 ms to 10 min
     * @return this
     */
    public InProcessEngineBuilder timeout(Duration timeout) {
        Checks.duration("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(10));
        this.timeout = timeout;
        return this;
    }

    /** Makes the engine. */
    public InProcessEngine build() {
        return new InProcessEngine(this);
    }
}

package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.selection.HotColdSelector;
import io.foreshard.stackvirt.spi.StackSelector;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the messages of a kind of stack are treated. */
public final class KindSettings {

    private final String name;
    private final Set<Integer> protocols;
    private final int maxMessageBytes;
    private final int maxInFlight;
    private final int maxWaitingMessages;
    private final long maxWaitingBytes;
    private final long maxWaitNanos;
    private final long abandonNanos;
    private final int attempts;
    private final @Nullable AffinityKey affinity;
    private final int affinityKeys;
    private final Supplier<? extends StackSelector> selector;

    private KindSettings(Builder builder) {
        name = builder.name;
        Checks.require(!name.isBlank(), "name", name, "the name of a kind of stack");
        protocols = builder.protocols;
        Checks.require(!protocols.isEmpty(), "protocols", protocols, "at least one protocol id");
        maxMessageBytes = Checks.positive("maxMessageBytes", builder.maxMessageBytes);
        maxInFlight = Checks.inRange("maxInFlight", builder.maxInFlight, 1, 1 << 20);
        maxWaitingMessages = Checks.notNegative("maxWaitingMessages", builder.maxWaitingMessages);
        maxWaitingBytes = Checks.notNegative("maxWaitingBytes", builder.maxWaitingBytes);
        maxWaitNanos = Checks.duration("maxWait", builder.maxWait, Duration.ofMillis(1), Duration.ofHours(1));
        abandonNanos = Checks.duration("abandonAfter", builder.abandonAfter, Duration.ofMillis(1), Duration.ofHours(1));
        attempts = Checks.inRange("attempts", builder.attempts, 1, 16);
        affinity = builder.affinity;
        affinityKeys = Checks.inRange("affinityKeys", builder.affinityKeys, 1, 1 << 24);
        selector = builder.selector;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param name of the kind, as in its {@link io.foreshard.stackvirt.spi.StackSpec}
     * @param protocols the ids of what its stacks speak; no other kind has one of these
     */
    public static Builder builder(String name, Integer... protocols) {
        return new Builder(name, Set.of(protocols));
    }

    /** Returns the name of the kind. */
    public String name() {
        return name;
    }

    /** Returns the protocol ids. */
    public Set<Integer> protocols() {
        return protocols;
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Returns how many messages a stack has at a time. */
    public int maxInFlight() {
        return maxInFlight;
    }

    int maxWaitingMessages() {
        return maxWaitingMessages;
    }

    long maxWaitingBytes() {
        return maxWaitingBytes;
    }

    long maxWaitNanos() {
        return maxWaitNanos;
    }

    long abandonNanos() {
        return abandonNanos;
    }

    int attempts() {
        return attempts;
    }

    @Nullable
    AffinityKey affinity() {
        return affinity;
    }

    int affinityKeys() {
        return affinityKeys;
    }

    Supplier<? extends StackSelector> selector() {
        return selector;
    }

    /** Builds settings. */
    public static final class Builder {

        private final String name;
        private final Set<Integer> protocols;
        private int maxMessageBytes = 64 << 10;
        private int maxInFlight = 16;
        private int maxWaitingMessages = 10_000;
        private long maxWaitingBytes = 16L << 20;
        private Duration maxWait = Duration.ofSeconds(30);
        private Duration abandonAfter = Duration.ofSeconds(10);
        private int attempts = 1;
        private @Nullable AffinityKey affinity;
        private int affinityKeys = 1 << 16;
        private Supplier<? extends StackSelector> selector =
                () -> HotColdSelector.builder().build();

        private Builder(String name, Set<Integer> protocols) {
            this.name = name;
            this.protocols = protocols;
        }

        /**
         * Sets how long a message may be. Default: 64 KiB.
         *
         * @param bytes above 0
         * @return this
         */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = bytes;
            return this;
        }

        /**
         * Sets how many messages a stack has at a time; the others wait for whichever is free first (Kogias and others, R2P2, ATC 2019).
         * A stack that has never answered gets one, and one more with each answer. Default: 16.
         *
         * @param messages 1…1048576; few make all wait in one line, many keep a stack busy that is far away
         * @return this
         */
        public Builder maxInFlight(int messages) {
            maxInFlight = messages;
            return this;
        }

        /**
         * Bounds what waits for a stack; what is beyond is refused, after those that cannot be answered in time were given up. Default:
         * 10 000 messages and 16 MiB.
         *
         * @param messages not below 0
         * @param bytes memory of the messages, not below 0
         * @return this
         */
        public Builder maxWaiting(int messages, long bytes) {
            maxWaitingMessages = messages;
            maxWaitingBytes = bytes;
            return this;
        }

        /**
         * Sets how far away a deadline may be. Default: 30 s.
         *
         * @param longest 1 ms to 1 h
         * @return this
         */
        public Builder maxWait(Duration longest) {
            maxWait = longest;
            return this;
        }

        /**
         * Sets how long after its deadline a message still takes a place of the stack that has not answered it. Default: 10 s.
         *
         * @param after 1 ms to 1 h
         * @return this
         */
        public Builder abandonAfter(Duration after) {
            abandonAfter = after;
            return this;
        }

        /**
         * Says that a message may be done twice, so that it is sent to another stack if the first one refuses it or goes away. Default: it
         * may not.
         *
         * @param mostAttempts how often it is sent at most, 1…16
         * @return this
         */
        public Builder idempotent(int mostAttempts) {
            attempts = mostAttempts;
            return this;
        }

        /**
         * Lets messages of one key go to the same stack, in their order. When the stack goes, so do its keys, after it has answered what it
         * has of them. Default: any message goes anywhere.
         *
         * @param key of a message
         * @param mostKeys how many are remembered, 1…16777216; one without messages under way is forgotten for a new one
         * @return this
         */
        public Builder affinity(AffinityKey key, int mostKeys) {
            affinity = key;
            affinityKeys = mostKeys;
            return this;
        }

        /**
         * Sets how stacks are picked. Default: {@link HotColdSelector}.
         *
         * @param each makes one for each multiplexer
         * @return this
         */
        public Builder selector(Supplier<? extends StackSelector> each) {
            selector = each;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public KindSettings build() {
            return new KindSettings(this);
        }
    }
}

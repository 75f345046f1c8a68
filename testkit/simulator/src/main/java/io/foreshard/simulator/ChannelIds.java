package io.foreshard.simulator;

import io.netty.channel.ChannelId;

/** Numbers the channels of a node, so that maps keyed by channel iterate alike in each run. */
final class ChannelIds {

    private final String node;
    private long nextNumber;

    ChannelIds(String node) {
        this.node = node;
    }

    ChannelId next() {
        return new Numbered(node, nextNumber++);
    }

    private record Numbered(String node, long number) implements ChannelId {

        @Override
        public String asShortText() {
            return node + "#" + number;
        }

        @Override
        public String asLongText() {
            return asShortText();
        }

        @Override
        public int compareTo(ChannelId other) {
            return asLongText().compareTo(other.asLongText());
        }
    }
}

package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.session.LegEndReason;
import io.foreshard.flowsharder.session.Session;
import io.foreshard.flowsharder.spi.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session's legs as its shard map says: opens what is missing, opens again what breaks, and moves a shard by opening its new leg
 * before it leaves the old one. Belongs to the session's event loop.
 */
final class LegKeeper {

    /** Opens connections and waits; what it does ends in a call of {@link #joined} or {@link #failed}. */
    interface Dialer {
        void dial(Slot slot, Node node, int leg, int epoch);

        void later(Runnable action, long nanos);

        long nowNanos();
    }

    private final Dialer dialer;
    private final DialPauses pauses;
    private final List<Slot> slots = new ArrayList<>();
    private int lastLeg;
    private boolean stopped;

    LegKeeper(Dialer dialer, RandomGenerator random) {
        this.dialer = dialer;
        pauses = new DialPauses(random);
    }

    /** One shard: where it is to be, and the leg that carries it. */
    final class Slot {

        private Node wanted;
        private int legId = ++lastLeg;
        private int epoch;
        private @Nullable Leg leg;
        private @Nullable Node at;
        private boolean dialing;
        private boolean dropped;
        private boolean waiting;
        private long joinedNanos;

        private Slot(Node node) {
            wanted = node;
        }

        /** Where the leg is that carries the shard now. */
        @Nullable
        Node at() {
            return at;
        }

        @Nullable
        Leg leg() {
            return leg;
        }

        /** Dials as soon as the node that is wanted may be. */
        private void dial() {
            if (dialing || dropped || stopped) {
                return;
            }
            long left = pauses.leftNanos(wanted, dialer.nowNanos());
            if (left == 0) {
                dialing = true;
                if (leg != null) {
                    // The old leg stays until the new one is there, so the new one has a number of its own.
                    legId = ++lastLeg;
                    epoch = 0;
                }
                dialer.dial(this, wanted, legId, ++epoch);
            } else if (!waiting) {
                waiting = true;
                dialer.later(this::waited, left);
            }
        }

        private void waited() {
            waiting = false;
            dialAgain();
        }

        /** The shard may be wanted where it is by now. */
        private void dialAgain() {
            if (leg == null || !wanted.equals(at)) {
                dial();
            }
        }
    }

    List<Slot> slots() {
        return slots;
    }

    /** Follows a shard map. */
    void follow(List<Node> nodes, Session session) {
        for (int shard = 0; shard < nodes.size(); shard++) {
            if (shard == slots.size()) {
                slots.add(new Slot(nodes.get(shard)));
            }
            Slot slot = slots.get(shard);
            boolean moved = !slot.wanted.equals(nodes.get(shard));
            slot.wanted = nodes.get(shard);
            if (moved || slot.leg == null) {
                slot.dial();
            }
        }
        while (slots.size() > nodes.size()) {
            Slot surplus = slots.remove(slots.size() - 1);
            surplus.dropped = true;
            if (surplus.leg != null) {
                session.leave(surplus.leg, dialer.nowNanos());
            }
        }
    }

    /** A leg has joined the session. */
    void joined(Slot slot, Node node, Leg leg, Session session) {
        slot.dialing = false;
        slot.joinedNanos = dialer.nowNanos();
        Leg old = slot.leg;
        slot.leg = leg;
        slot.at = node;
        if (old != null && old.id() != leg.id()) {
            session.leave(old, dialer.nowNanos());
        }
        if (slot.dropped) {
            session.leave(leg, dialer.nowNanos());
        } else if (!node.equals(slot.wanted)) {
            slot.dial();
        }
    }

    /** A leg could not be opened over a node. */
    void failed(Slot slot, Node node) {
        slot.dialing = false;
        pauses.failed(node, dialer.nowNanos());
        slot.dialAgain();
    }

    /** A leg of the session is gone. */
    void gone(Leg leg, LegEndReason reason) {
        for (Slot slot : slots) {
            if (slot.leg == leg && reason != LegEndReason.REPLACED) {
                long now = dialer.nowNanos();
                if (slot.at != null) {
                    pauses.ended(slot.at, now - slot.joinedNanos, now);
                }
                slot.leg = null;
                slot.at = null;
                slot.dial();
            }
        }
    }

    /** Begins from nothing, for another session. */
    void restart() {
        List<Node> nodes = new ArrayList<>();
        for (Slot slot : slots) {
            slot.dropped = true;
            nodes.add(slot.wanted);
        }
        slots.clear();
        for (Node node : nodes) {
            Slot slot = new Slot(node);
            slots.add(slot);
            slot.dial();
        }
    }

    void stop() {
        stopped = true;
    }
}

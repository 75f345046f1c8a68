package io.foreshard.flowsharder.session;

import org.jspecify.annotations.Nullable;

/**
 * Flows that wait for their turn, each once. Who ends while waiting leaves at once, whoever stands before; nothing is allocated. Belongs to
 * the session's event loop.
 */
final class FlowQueue {

    /** A flow's place in one queue at a time. */
    static final class Place {

        private final Flow flow;
        private @Nullable FlowQueue queue;
        private @Nullable Place before;
        private @Nullable Place behind;

        Place(Flow flow) {
            this.flow = flow;
        }

        boolean isTaken() {
            return queue != null;
        }

        /** Leaves the queue, if it stands in one. */
        void leave() {
            if (queue != null) {
                queue.remove(this);
            }
        }
    }

    private @Nullable Place first;
    private @Nullable Place last;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Puts a flow behind all others, wherever it stood before. */
    void add(Place place) {
        place.leave();
        place.queue = this;
        place.before = last;
        if (last == null) {
            first = place;
        } else {
            last.behind = place;
        }
        last = place;
        size++;
    }

    /** Takes the first out, {@code null} if there is none. */
    @Nullable
    Flow poll() {
        Place place = first;
        if (place == null) {
            return null;
        }
        remove(place);
        return place.flow;
    }

    private void remove(Place place) {
        Place before = place.before;
        Place behind = place.behind;
        if (before == null) {
            first = behind;
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.before = before;
        }
        place.queue = null;
        place.before = null;
        place.behind = null;
        size--;
    }
}

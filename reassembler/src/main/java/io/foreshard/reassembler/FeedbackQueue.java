package io.foreshard.reassembler;

import org.jspecify.annotations.Nullable;

/** The blocks of a source about which its sender is to be told: those to be asked for, and those that have changed. */
final class FeedbackQueue {

    private final Chain<Block> requests = new Chain<>();
    private final Chain<Block> changes = new Chain<>();
    private boolean announced;

    void request(Block block) {
        if (block.chain != requests) {
            requests.append(block);
        }
    }

    void change(Block block) {
        if (block.chain == null) {
            changes.append(block);
        }
    }

    @Nullable
    Block firstRequest() {
        return requests.first();
    }

    @Nullable
    Block firstChange() {
        return changes.first();
    }

    boolean isEmpty() {
        return requests.isEmpty() && changes.isEmpty();
    }

    /** Returns whether the listener is to be told that a request waits; true once until the queue was collected. */
    boolean announce() {
        if (announced || requests.isEmpty()) {
            return false;
        }
        announced = true;
        return true;
    }

    void onCollected() {
        announced = false;
    }
}

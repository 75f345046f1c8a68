package io.foreshard.reassembler;

import io.foreshard.shardcodec.ShardHeader;
import org.jspecify.annotations.Nullable;

/**
 * One block of a message: at most two generations, of which the first to be whole wins. Linked into a queue of feedback.
 *
 * <p>Two, because a forged shard of another generation must neither replace the honest one nor keep it out.
 */
final class Block extends Linked<Block> {

    /** The object, its slot in the table and in the list of incomplete blocks. */
    static final int OVERHEAD_BYTES = 224;

    private static final int NONE = -1;

    private final Message message;
    private final int number;
    private final int length;
    private RepairState repair = new RepairState();
    private @Nullable Generation held;
    private @Nullable Generation candidate;
    private boolean complete;
    private int crc;
    private boolean uncovered;
    private int refused = NONE;
    private int position = NONE;

    Block(Message message, int number, int length) {
        this.message = message;
        this.number = number;
        this.length = length;
    }

    @Nullable
    Generation find(ShardHeader header) {
        if (held != null && held.matches(header)) {
            return held;
        }
        return candidate != null && candidate.matches(header) ? candidate : null;
    }

    /** Returns whether a generation that is not here may be taken in. */
    boolean admits(int generation) {
        if (isRefused(generation)) {
            return false;
        }
        if (held == null || candidate == null) {
            return !isOutdatedBy(held, generation) && !isOutdatedBy(candidate, generation);
        }
        return isReplaceable(held, generation) || isReplaceable(candidate, generation);
    }

    boolean isRefused(int generation) {
        return refused != NONE && !Generation.isNewer(generation, refused);
    }

    private static boolean isOutdatedBy(@Nullable Generation known, int generation) {
        // What one packet says may be forged; two agree.
        return known != null && known.count() > 1 && Generation.isNewer(known.number(), generation);
    }

    private static boolean isReplaceable(Generation known, int generation) {
        return known.count() <= 1 || Generation.isNewer(generation, known.number());
    }

    /** Takes in a generation that it {@link #admits}, and returns the one that had to go for it. */
    @Nullable
    Generation admit(Generation generation) {
        if (held == null) {
            held = generation;
            return null;
        }
        Generation before = candidate;
        if (before != null && isVictim(held, before, generation.number())) {
            Generation victim = held;
            held = generation;
            return victim;
        }
        candidate = generation;
        return before;
    }

    private static boolean isVictim(Generation a, Generation b, int generation) {
        return isReplaceable(a, generation) && (!isReplaceable(b, generation) || isBetterVictim(a, b));
    }

    /** Of two generations a lone shard goes before several, and then the older before the newer. */
    private static boolean isBetterVictim(Generation a, Generation b) {
        boolean lone = a.count() <= 1;
        if (lone != b.count() <= 1) {
            return lone;
        }
        return Generation.isNewer(b.number(), a.number());
    }

    /** Returns the generation to tell the sender about: the newest of which more than one shard is there, else the first. */
    @Nullable
    Generation leading() {
        if (held == null || candidate == null) {
            return held;
        }
        return isBetterVictim(held, candidate) ? candidate : held;
    }

    /** Makes a whole generation the content of this block, and returns the other one, if there is one. */
    @Nullable
    Generation complete(Generation whole, int foldedCrc) {
        Generation other = whole == held ? candidate : held;
        held = whole;
        candidate = null;
        complete = true;
        crc = foldedCrc;
        return other;
    }

    /** Refuses the generation held, and returns it. */
    @Nullable
    Generation refuse() {
        Generation whole = held;
        if (whole != null) {
            refused = whole.number();
        }
        held = null;
        complete = false;
        repair = new RepairState();
        return whole;
    }

    /** Notes that it is known only because others around it have arrived. */
    void uncover() {
        uncovered = true;
    }

    void cover() {
        uncovered = false;
    }

    boolean isUncovered() {
        return uncovered;
    }

    void release() {
        if (held != null) {
            held.release();
        }
        if (candidate != null) {
            candidate.release();
        }
    }

    Message message() {
        return message;
    }

    int number() {
        return number;
    }

    int length() {
        return length;
    }

    RepairState repair() {
        return repair;
    }

    boolean isComplete() {
        return complete;
    }

    /** Returns whether a new generation is wanted of which nothing has arrived. */
    boolean wantsFreshGeneration() {
        return refused != NONE && held == null;
    }

    int refusedGeneration() {
        return refused;
    }

    @Nullable
    Generation held() {
        return held;
    }

    int crc() {
        return crc;
    }

    /** Returns the place in the list of incomplete blocks, negative if it is not there. */
    int position() {
        return position;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }
}

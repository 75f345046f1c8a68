package io.foreshard.reassembler;

import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.BlockGeometry;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.TrafficClass;
import org.jspecify.annotations.Nullable;

/**
 * One variant of an unfinished message: the first one of its id, or one whose shards contradict it. Linked into its source's
 * order of eviction.
 */
final class Message extends Linked<Message> {

    /** The object with its timer, table, curve, and slot in the source's map. */
    static final int OVERHEAD_BYTES = 640 + ArrivalOrder.OVERHEAD_BYTES;

    private final Source source;
    private final long id;
    private final long total;
    private final int trafficClass;
    private final Contract contract;
    private final int exponent;
    private final int blockCount;
    private final MessageTimer timer = new MessageTimer();
    private final BlockTable blocks;
    private final ArrivalCurve curve;
    private final ArrivalOrder order = new ArrivalOrder();
    private final DeadlineVote deadline = new DeadlineVote();
    private final RepairRound round = new RepairRound();
    private @Nullable Message sibling;
    private int completeBlocks;
    private int shards;
    private long payloadBytes;
    private long chargedBytes = OVERHEAD_BYTES;
    private boolean refused;
    private boolean closed;

    /** Is told when a message's timer fires. */
    @FunctionalInterface
    interface TimerTarget {
        void onTimer(Message message, long nowNanos);
    }

    private final class MessageTimer extends TimerWheel.Timer {
        @Override
        protected void onExpired(long nowNanos) {
            source.timers().onTimer(Message.this, nowNanos);
        }
    }

    Message(Source source, ShardHeader header, Limits limits, long nowNanos) {
        this.source = source;
        this.id = header.messageId();
        this.total = header.total();
        this.trafficClass = header.trafficClass();
        this.contract = header.contract();
        this.exponent = header.blockExponent();
        this.blockCount = BlockGeometry.blockCount(total, exponent);
        this.blocks = new BlockTable(limits);
        this.curve = new ArrivalCurve(nowNanos);
    }

    boolean matches(ShardHeader header) {
        return total == header.total()
                && exponent == header.blockExponent()
                && contract == header.contract()
                && trafficClass == header.trafficClass();
    }

    Block newBlock(int number) {
        Block block = new Block(this, number, BlockGeometry.blockLength(total, exponent, number));
        blocks.add(block);
        charge(Block.OVERHEAD_BYTES);
        return block;
    }

    void onBlockComplete(Block block) {
        completeBlocks++;
        blocks.removeIncomplete(block);
    }

    boolean isComplete() {
        return completeBlocks == blockCount;
    }

    /** Notes that all shards were refused because the checksum did not hold. */
    void onRefused(long nowNanos) {
        refused = true;
        completeBlocks = 0;
        shards = 0;
        curve.restart(nowNanos);
    }

    void addShard(int payload) {
        shards++;
        payloadBytes += payload;
    }

    void removeShards(int count, long payload) {
        shards -= count;
        payloadBytes -= payload;
    }

    void charge(long bytes) {
        chargedBytes += bytes;
    }

    void close() {
        closed = true;
    }

    MessageInfo info(long nowNanos) {
        return new MessageInfo(
                id, total, TrafficClass.ofCode(trafficClass), contract, curve.firstNanos(), nowNanos, shards);
    }

    /** Returns whether missing shards can be asked for. */
    boolean isRepairable() {
        return source.isRepairing() && contract != Contract.BEST_EFFORT;
    }

    /** Returns whether missing shards can be asked for once the source is validated. */
    boolean awaitsValidation() {
        return !source.isValidated() && source.isAnswering() && contract != Contract.BEST_EFFORT;
    }

    /** Returns when the message fails if nothing more arrives. */
    long endNanos(Limits limits) {
        return Math.min(deadline.nanos(), curve.lastNanos() + limits.maxStallNanos());
    }

    Completion completion(Limits limits, long nowNanos) {
        PathEstimate path = source.path();
        double rate = curve.bytesPerNano() > 0 ? curve.bytesPerNano() : path.bytesPerNano();
        return new Completion(
                nowNanos,
                curve.lastNanos(),
                endNanos(limits),
                total - Math.min(total, payloadBytes),
                curve.latestBytes(),
                rate,
                round.hasGaps(),
                isRepairable(),
                path.rttNanos(),
                path.variationNanos(),
                path.ptoNanos(),
                path.lossRatio());
    }

    Source source() {
        return source;
    }

    long id() {
        return id;
    }

    long total() {
        return total;
    }

    int exponent() {
        return exponent;
    }

    Contract contract() {
        return contract;
    }

    int blockCount() {
        return blockCount;
    }

    TimerWheel.Timer timer() {
        return timer;
    }

    BlockTable blocks() {
        return blocks;
    }

    ArrivalCurve curve() {
        return curve;
    }

    ArrivalOrder order() {
        return order;
    }

    DeadlineVote deadline() {
        return deadline;
    }

    RepairRound round() {
        return round;
    }

    @Nullable
    Message sibling() {
        return sibling;
    }

    void sibling(@Nullable Message other) {
        sibling = other;
    }

    int shards() {
        return shards;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    long chargedBytes() {
        return chargedBytes;
    }

    boolean wasRefused() {
        return refused;
    }

    boolean isClosed() {
        return closed;
    }
}

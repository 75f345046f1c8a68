package io.foreshard.reassembler;

import io.foreshard.runtime.KeyedLongMap;
import org.jspecify.annotations.Nullable;

/** What the engine keeps of a source. Linked into the ranking of holders. */
final class Source extends Linked<Source> implements ShardSource {

    /** The object with its maps at their smallest, and the failures remembered in any case. */
    static final int OVERHEAD_BYTES = 1280 + FailedMessages.SMALLEST * FailedMessages.BYTES_PER_MESSAGE;

    private final Accounts accounts;
    private final Message.TimerTarget timers;
    private final ReassemblyListener listener;
    private final KeyedLongMap<Message> messages;
    private final Chain<Message> order = new Chain<>();
    private final FinishedMessages finished;
    private final FeedbackQueue feedback = new FeedbackQueue();
    private final PathEstimate path = new PathEstimate();
    private final boolean answering;
    private boolean validated;
    private boolean closed;
    private long payloadBytes;
    private long messageBytes;

    Source(
            Accounts accounts,
            Message.TimerTarget timers,
            ReassemblyListener listener,
            Limits limits,
            boolean validated,
            boolean answering) {
        this.accounts = accounts;
        this.timers = timers;
        this.listener = listener;
        this.validated = validated;
        this.answering = answering;
        this.messages = new KeyedLongMap<>(limits.hashKey0(), limits.hashKey1(), 0);
        this.finished = new FinishedMessages(limits);
    }

    @Override
    public void validate() {
        if (!validated && !closed) {
            accounts.leavePool(this);
            validated = true;
            accounts.rank(this);
        }
    }

    @Override
    public void onPath(long rttNanos, long rttVariationNanos, double lossRatio) {
        path.onPath(rttNanos, rttVariationNanos, lossRatio);
    }

    @Override
    public long creditBytes() {
        return closed ? 0 : accounts.creditBytes(this);
    }

    @Override
    public int creditMessages() {
        return closed
                ? 0
                : Math.min(
                        accounts.limits().maxMessagesPerSource(),
                        finished.delivered().window());
    }

    @Override
    public long heldBytes() {
        return closed ? 0 : messageBytes + accounts.limits().sourceBytes() + finished.chargedBytes();
    }

    @Override
    public int heldMessages() {
        return order.size();
    }

    /** Returns the variant of a message with this total, or null. */
    @Nullable
    Message variant(long messageId, long total) {
        Message message = messages.get(messageId);
        while (message != null && message.total() != total) {
            message = message.sibling();
        }
        return message;
    }

    void addPayload(long bytes) {
        payloadBytes += bytes;
    }

    void addMessageBytes(long bytes) {
        messageBytes += bytes;
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isValidated() {
        return validated;
    }

    boolean isAnswering() {
        return answering;
    }

    /** Returns whether its sender can be asked to repeat something. */
    boolean isRepairing() {
        return validated && answering;
    }

    Message.TimerTarget timers() {
        return timers;
    }

    ReassemblyListener listener() {
        return listener;
    }

    KeyedLongMap<Message> messages() {
        return messages;
    }

    /** Returns all variants of all messages, those first that were not looked at for longest. */
    Chain<Message> order() {
        return order;
    }

    FinishedMessages finished() {
        return finished;
    }

    FeedbackQueue feedback() {
        return feedback;
    }

    PathEstimate path() {
        return path;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    /** Returns the bytes charged for messages; what can be freed by evicting them. */
    long messageBytes() {
        return messageBytes;
    }
}

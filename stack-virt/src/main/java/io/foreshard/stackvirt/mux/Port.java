package io.foreshard.stackvirt.mux;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where a virtual router is attached to a multiplexer. May be used by any thread. */
public interface Port {

    /**
     * Sends a message.
     *
     * @param protocol its protocol id
     * @param source the network that it comes from, as the application numbers them
     * @param destination the network that it is for
     * @param message taken over, and released in any case
     * @param deadlineNanos until when a result is waited for, on the clock of the multiplexer; further away than the kind waits counts as that
     * @param handler told the result
     */
    void send(int protocol, long source, long destination, ByteBuf message, long deadlineNanos, ResultHandler handler);

    /**
     * Sends a message.
     *
     * @param protocol its protocol id
     * @param source the network that it comes from, as the application numbers them
     * @param destination the network that it is for
     * @param message taken over, and released in any case
     * @param deadlineNanos until when a result is waited for, on the clock of the multiplexer
     * @return completes with the result on the executor of the port; whoever waits for it owns the reply and must not let go of the stage
     */
    default CompletionStage<MessageResult> send(
            int protocol, long source, long destination, ByteBuf message, long deadlineNanos) {
        CompletableFuture<MessageResult> stage = new CompletableFuture<>();
        send(protocol, source, destination, message, deadlineNanos, stage::complete);
        return stage;
    }

    /** Returns how many messages have no result yet. */
    int outstanding();

    /** Refuses all further messages. Those under way still get their results. May be repeated. */
    void close();
}

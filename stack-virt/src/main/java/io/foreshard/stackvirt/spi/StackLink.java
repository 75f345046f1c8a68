package io.foreshard.stackvirt.spi;

import io.netty.buffer.ByteBuf;

/** The way for messages to one stack and for its answers back. Confined to the event loop that it was made with. */
public interface StackLink {

    /**
     * Sends a message. Never throws; what comes of it is told to the {@link Listener}.
     *
     * @param correlation names the message; not in use on this link
     * @param message taken over, and released by the link in any case
     * @return whether it was taken; if not, nothing more will be heard of it
     */
    boolean send(long correlation, ByteBuf message);

    /**
     * Asks whether the stack is well.
     *
     * @param correlation names the question; not in use on this link
     * @return whether the question was taken
     */
    boolean ping(long correlation);

    /** Returns whether a message would be taken now. */
    boolean isWritable();

    /** Ends the link. Messages that are not answered stay so. May be repeated. */
    void close();

    /** Is told what comes from the stack, on the event loop of the link. */
    interface Listener {

        /**
         * An answer.
         *
         * @param correlation of the message
         * @param reply belongs to the listener, which releases it
         */
        void onReply(long correlation, ByteBuf reply);

        /**
         * The stack refuses a message.
         *
         * @param correlation of the message
         */
        void onError(long correlation);

        /**
         * The stack says that it is well.
         *
         * @param correlation of the question
         */
        void onPong(long correlation);

        /** The link takes messages again. */
        void onWritable();

        /**
         * The link is broken or closed; nothing comes after this.
         *
         * @param failure why; {@link StackFailure#EXITED} also when it was closed by this side
         */
        void onClosed(StackFailure failure);
    }
}

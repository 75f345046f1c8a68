package io.foreshard.jmh.shaper.overload;

/** What requests and answers carry: their kind, a number, and a fact. Stateless. */
final class Message {

    static final byte REQUEST = 1;
    static final byte PING = 2;
    /** The server's line was full. */
    static final byte REFUSED = 3;

    static final int REQUEST_BYTES = 200;
    static final int ANSWER_BYTES = 1 + 2 * Long.BYTES;

    private Message() {}
}

package io.foreshard.stackvirt.mux;

/** Is told what came of a message. */
@FunctionalInterface
public interface ResultHandler {

    /**
     * Takes the result. Called exactly once for each message: on the executor of the port, or, if the message is refused at once, on the
     * thread that sends it, before sending returns. What it throws is swallowed and counted.
     *
     * @param result the reply in it, if there is one, belongs to the handler, also if it throws
     */
    void onResult(MessageResult result);
}

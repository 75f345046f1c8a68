package io.foreshard.examples.gateway;

import java.io.IOException;

/** Clients that upload one file after the other, each as soon as the one before is answered. */
interface Uploads {

    /** Waits until the time is over and returns how it went. */
    Summary await() throws IOException;

    /**
     * How it went.
     *
     * @param client who uploaded
     * @param completed uploads that were answered
     * @param failed answers other than success, and broken connections
     * @param medianSeconds half of them took no longer
     * @param tailSeconds 90 % of them took no longer
     */
    record Summary(String client, long completed, long failed, double medianSeconds, double tailSeconds) {}
}

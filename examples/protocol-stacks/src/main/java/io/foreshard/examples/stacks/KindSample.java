package io.foreshard.examples.stacks;

/**
 * The stacks of one protocol in one second of the replay.
 *
 * @param running take messages
 * @param starting will soon
 * @param frozen hold their memory and can go on at once
 * @param created are set up and not started
 * @param rests are there in another form, such as draining
 * @param needed how many the messages needed at a time, at most
 * @param low how many were foretold to be needed soon with a probability of 9 in 10
 * @param high the same with 1 in 10
 * @param waiting messages that wait for a stack
 * @param exposed messages that had to wait for a stack so far
 * @param megabytes memory of those whose processes are there
 */
record KindSample(
        int running,
        int starting,
        int frozen,
        int created,
        int rests,
        int needed,
        int low,
        int high,
        int waiting,
        long exposed,
        double megabytes) {

    /** Returns how many are running, frozen and starting, for a line of text. */
    String readiness() {
        return running + "/" + frozen + "/" + starting;
    }
}

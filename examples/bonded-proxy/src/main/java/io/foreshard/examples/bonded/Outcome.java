package io.foreshard.examples.bonded;

import java.util.List;

/**
 * What became of the download.
 *
 * @param looks at it, in their order
 * @param seconds that it took
 * @param received the SHA-256 of what came, or what went wrong
 * @param expected the SHA-256 of what was served
 * @param happened whether all that was to happen to relays did before it ended
 * @param backSeconds when the relay that was killed took connections again, or the end if it did not
 */
record Outcome(
        List<Look> looks, double seconds, String received, String expected, boolean happened, double backSeconds) {

    boolean isWhole() {
        return received.equals(expected);
    }

    Look last() {
        return looks.get(looks.size() - 1);
    }
}

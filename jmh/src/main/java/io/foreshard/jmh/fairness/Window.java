package io.foreshard.jmh.fairness;

import java.util.concurrent.locks.LockSupport;

/**
 * The stretch of time that counts, on the clock that all processes of a machine share.
 *
 * @param beginMillis when our sender starts, milliseconds since 1970
 * @param fromMillis when it begins to count
 * @param toMillis when it ends
 */
record Window(long beginMillis, long fromMillis, long toMillis) {

    static void sleepUntil(long epochMillis) {
        for (long left = epochMillis - System.currentTimeMillis();
                left > 0;
                left = epochMillis - System.currentTimeMillis()) {
            LockSupport.parkNanos(left * 1_000_000);
        }
    }

    double seconds() {
        return (toMillis - fromMillis) / 1e3;
    }

    static Window parse(String[] arguments, int at) {
        return new Window(
                Long.parseLong(arguments[at]), Long.parseLong(arguments[at + 1]), Long.parseLong(arguments[at + 2]));
    }

    String[] arguments() {
        return new String[] {Long.toString(beginMillis), Long.toString(fromMillis), Long.toString(toMillis)};
    }
}

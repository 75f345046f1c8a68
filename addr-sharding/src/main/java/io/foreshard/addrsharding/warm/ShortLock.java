package io.foreshard.addrsharding.warm;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock that is held for some ten nanoseconds, so whoever waits a little does not have to be woken. */
final class ShortLock {

    private static final int SPINS = 200;

    private final ReentrantLock lock = new ReentrantLock();

    void lock() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    <T> T whileHeld(Supplier<T> work) {
        lock();
        try {
            return work.get();
        } finally {
            unlock();
        }
    }

    void doWhileHeld(Runnable work) {
        lock();
        try {
            work.run();
        } finally {
            unlock();
        }
    }
}

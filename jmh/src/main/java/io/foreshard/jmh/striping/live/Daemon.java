package io.foreshard.jmh.striping.live;

/** Threads that do not keep their process alive. */
final class Daemon {

    private Daemon() {}

    static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}

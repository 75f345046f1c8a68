package io.foreshard.tck;

import io.foreshard.stackvirt.worker.StackHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The stack that {@link StackEngineContract} is run with: answers each message by itself, unless it is one of those that ask it to misbehave.
 * Knows nothing but {@code java.base}.
 */
public final class DrillHandler implements StackHandler {

    /** Refuses the message. */
    public static final String FAIL = "drill-fail";

    /** Ends the process. */
    public static final String EXIT = "drill-exit";

    /** Never answers, nor anything after it. */
    public static final String HANG = "drill-hang";

    /** Uses as much memory as it gets, up to 1 GiB. */
    public static final String GROW = "drill-grow";

    /** Starts threads until that fails, at most 500, and answers how many. */
    public static final String MULTIPLY = "drill-multiply";

    /** Computes for about a second on a processor of its own. */
    public static final String SPIN = "drill-spin";

    private static final int MOST_THREADS = 500;
    private static final int MEGABYTE = 1 << 20;
    private static final int PAGE = 4096;
    private static final int STACK_BYTES = 64 << 10;
    private static final int EXIT_CODE = 3;
    private static final int SPIN_MILLIS = 1000;

    private final List<ByteBuffer> grown = new ArrayList<>();

    /** Made by the worker program. */
    public DrillHandler() {}

    @Override
    public ByteBuffer answer(ByteBuffer message) throws Exception {
        String text = StandardCharsets.UTF_8.decode(message.duplicate()).toString();
        switch (text) {
            case FAIL -> throw new IllegalArgumentException(text);
            case EXIT -> Runtime.getRuntime().halt(EXIT_CODE);
            case HANG -> new CountDownLatch(1).await();
            case GROW -> grow();
            case MULTIPLY -> {
                return ByteBuffer.wrap(Integer.toString(multiply()).getBytes(StandardCharsets.UTF_8));
            }
            case SPIN -> spin();
            default -> {
                return message;
            }
        }
        return message;
    }

    private void grow() {
        for (int i = 0; i < 1 << 10; i++) {
            ByteBuffer block = ByteBuffer.allocateDirect(MEGABYTE);
            for (int at = 0; at < MEGABYTE; at += PAGE) {
                block.put(at, (byte) 1);
            }
            grown.add(block);
        }
    }

    private static int multiply() {
        CountDownLatch end = new CountDownLatch(1);
        int started = 0;
        try {
            while (started < MOST_THREADS) {
                Thread thread = new Thread(null, () -> awaitQuietly(end), "drill", STACK_BYTES);
                thread.setDaemon(true);
                thread.start();
                started++;
            }
        } catch (OutOfMemoryError noMore) {
            // This is what a JVM throws when the kernel refuses a thread.
        }
        end.countDown();
        return started;
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void spin() {
        long begin = System.nanoTime();
        double sum = 0;
        while (System.nanoTime() - begin < SPIN_MILLIS * 1_000_000L) {
            sum += Math.sqrt(sum + 1);
        }
        if (sum < 0) {
            throw new IllegalStateException("sum: " + sum);
        }
    }
}

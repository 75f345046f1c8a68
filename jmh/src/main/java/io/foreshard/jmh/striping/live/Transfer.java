package io.foreshard.jmh.striping.live;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The receiving half of one connection: checks what comes, and remembers when it came. */
final class Transfer {

    private static final int READ_BYTES = 64 << 10;
    private static final int WRITE_BYTES = 32 << 10;

    private final long announced;
    private final StreamContent content;
    private final CountDownLatch done = new CountDownLatch(1);
    private long[] nanos = new long[1 << 12];
    private long[] totals = new long[1 << 12];
    private int reads;
    private long wrong;
    private boolean ended;

    Transfer(long seed, long announced) {
        this.announced = announced;
        content = new StreamContent(seed);
    }

    /** Sends what belongs to a seed, then the end of the stream. */
    static void send(Socket socket, long seed, long bytes) throws IOException {
        StreamContent content = new StreamContent(seed);
        byte[] chunk = new byte[WRITE_BYTES];
        OutputStream out = socket.getOutputStream();
        for (long at = 0; at < bytes; at += WRITE_BYTES) {
            content.fill(at, chunk, WRITE_BYTES);
            out.write(chunk, 0, (int) Math.min(WRITE_BYTES, bytes - at));
        }
        socket.shutdownOutput();
    }

    /** What a connection begins with. */
    record Request(boolean download, long seed, long bytes) {

        void write(Socket socket) throws IOException {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] line = (download ? "D" : "U")
                    .concat(String.format("%20d%20d", seed, bytes))
                    .getBytes(StandardCharsets.US_ASCII);
            out.write(line);
        }

        static Request read(Socket socket) throws IOException {
            byte[] line = new byte[41];
            new DataInputStream(socket.getInputStream()).readFully(line);
            String text = new String(line, StandardCharsets.US_ASCII);
            return new Request(
                    text.charAt(0) == 'D',
                    Long.parseLong(text.substring(1, 21).strip()),
                    Long.parseLong(text.substring(21).strip()));
        }
    }

    /** Reads to the end of the stream or of the connection. */
    void receive(Socket socket) {
        byte[] chunk = new byte[READ_BYTES];
        try {
            long at = 0;
            for (int read = socket.getInputStream().read(chunk);
                    read >= 0;
                    read = socket.getInputStream().read(chunk)) {
                note(System.nanoTime(), at + read, content.wrong(at, chunk, read));
                at += read;
            }
            end();
        } catch (IOException reset) {
            // Then the stream has no end.
        } finally {
            done.countDown();
        }
    }

    private synchronized void note(long now, long total, long wrongBytes) {
        if (reads == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * reads);
            totals = Arrays.copyOf(totals, 2 * reads);
        }
        nanos[reads] = now;
        totals[reads++] = total;
        wrong += wrongBytes;
    }

    private synchronized void end() {
        ended = true;
    }

    private long total() {
        return reads == 0 ? 0 : totals[reads - 1];
    }

    /** Returns what came in a stretch of time, and its longest gap, which may have begun before it, in a line. */
    synchronized String look(long fromNanos, long toNanos) {
        long before = 0;
        long bytes = 0;
        long gap = 0;
        long last = reads == 0 ? fromNanos : nanos[0];
        for (int i = 0; i < reads; i++) {
            if (nanos[i] < fromNanos) {
                before = totals[i];
            } else if (nanos[i] < toNanos) {
                bytes = totals[i] - before;
                gap = Math.max(gap, nanos[i] - last);
            }
            if (nanos[i] >= toNanos) {
                gap = Math.max(gap, toNanos - Math.max(last, fromNanos));
                break;
            }
            last = nanos[i];
        }
        return bytes + " " + gap + " " + wrong;
    }

    /** Waits for the end; returns what came, what of it was wrong, what is missing or too much, and whether the stream ended, in a line. */
    String finish(long millis) throws InterruptedException {
        done.await(millis, TimeUnit.MILLISECONDS);
        synchronized (this) {
            return total() + " " + wrong + " " + Math.abs(announced - total()) + " " + (ended ? 1 : 0);
        }
    }
}

package io.foreshard.jmh.shaper.overload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A server on a real socket, with a pool of threads and a line in front of it, as servers have. What work would do to caches and locks is
 * {@link Contention}: a thread sleeps for as long as its request would take beside the others. Pings are answered at once, with how busy
 * the server was since the one before.
 */
final class ContendedServer {

    static final int PROCESSORS = 8;

    /** Several times the processors, as pools are set where requests are thought to wait for others. */
    private static final int THREADS = 32;
    /** What {@code SOMAXCONN} was for long. */
    private static final int LINE = 128;
    /** Requests take half to one and a half of the mean. */
    private static final double LEAST = 0.5;

    private final DatagramChannel channel;
    private final Busyness busyness = new Busyness(PROCESSORS, System.nanoTime());
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LINE));

    private ContendedServer(DatagramChannel channel) {
        this.channel = channel;
    }

    /**
     * Runs the program until its process is ended.
     *
     * @param arguments the file in which to write the port; seed of the lengths of requests
     */
    public static void main(String[] arguments) throws IOException {
        DatagramChannel channel =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ContendedServer server = new ContendedServer(channel);
        server.threads.prestartAllCoreThreads();
        int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        Path file = Path.of(arguments[0]);
        Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".draft"), Integer.toString(port));
        Files.move(draft, file);
        server.serve(new SplittableRandom(Long.parseLong(arguments[1])));
    }

    private void serve(SplittableRandom random) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * Message.REQUEST_BYTES);
        while (true) {
            buffer.clear();
            SocketAddress client = channel.receive(buffer);
            buffer.flip();
            if (client == null || buffer.remaining() < Message.ANSWER_BYTES) {
                continue;
            }
            byte kind = buffer.get();
            long number = buffer.getLong();
            if (kind == Message.PING) {
                answer(client, kind, number, Double.doubleToRawLongBits(busyness.share(System.nanoTime())));
            } else {
                take(client, number, LEAST + random.nextDouble());
            }
        }
    }

    private void take(SocketAddress client, long number, double length) {
        try {
            threads.execute(() -> work(client, number, length));
        } catch (RejectedExecutionException full) {
            answer(client, Message.REFUSED, number, 0);
        }
    }

    private void work(SocketAddress client, long number, double length) {
        int inService = busyness.enter(System.nanoTime());
        try {
            TimeUnit.NANOSECONDS.sleep((long) (length * Contention.SERVER.serviceNanos(inService)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            busyness.leave(System.nanoTime());
        }
        answer(client, Message.REQUEST, number, 0);
    }

    private void answer(SocketAddress client, byte kind, long number, long fact) {
        ByteBuffer answer = ByteBuffer.allocate(Message.ANSWER_BYTES);
        answer.put(kind).putLong(number).putLong(fact).flip();
        try {
            channel.send(answer, client);
        } catch (IOException notSent) {
            // The client misses an answer, and counts that.
        }
    }
}

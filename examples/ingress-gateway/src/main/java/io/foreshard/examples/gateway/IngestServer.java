package io.foreshard.examples.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server in a process of its own, on the JDK's HTTP server: it serves one small resource and takes uploads. A request occupies one of
 * a few workers, which stand for a disk or a database, for a time that grows with its bytes; others wait in line.
 *
 * <p>Reads commands from standard input, {@code slow FACTOR}, and ends with it; writes {@code ready PORT}, then
 * {@code load SHARE WAITING ANSWERED} ten times a second to standard output.
 */
final class IngestServer {

    static final int WORKERS = 4;

    private static final long ITEM_NANOS = 1_000_000;
    private static final long UPLOAD_NANOS = 20_000_000;
    private static final int LOOKS_PER_REPORT = 20;
    private static final int BACKLOG = 256;

    private final Semaphore workers = new Semaphore(WORKERS, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final byte[] item = Content.item();
    private volatile double slowness = 1;

    /* Of the reporting thread. */
    private int looks;
    private int busy;

    private IngestServer() {}

    /**
     * Runs the server.
     *
     * @param arguments the address to listen at, and the port, 0 for a free one
     */
    public static void main(String[] arguments) throws IOException {
        new IngestServer().run(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])));
    }

    private void run(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        server.createContext("/item", exchange -> answer(exchange, 200, item));
        server.createContext("/upload", exchange -> answer(exchange, 201, new byte[0]));
        server.createContext("/ping", exchange -> exchange.sendResponseHeaders(204, -1));
        ExecutorService threads = Executors.newCachedThreadPool();
        ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();
        server.setExecutor(threads);
        server.start();
        System.out.println("ready " + server.getAddress().getPort());
        reporter.scheduleAtFixedRate(this::look, 5, 5, TimeUnit.MILLISECONDS);
        obeyUntilEnd();
        server.stop(0);
        reporter.shutdownNow();
        threads.shutdownNow();
    }

    private void obeyUntilEnd() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            slowness = Double.parseDouble(line.substring(line.indexOf(' ') + 1));
        }
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            long received = readAll(exchange);
            work(received == 0 ? ITEM_NANOS : UPLOAD_NANOS * received / Content.UPLOAD_BYTES);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            answered.incrementAndGet();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static long readAll(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] piece = new byte[16 << 10];
            long bytes = 0;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                bytes += count;
            }
            return bytes;
        }
    }

    private void work(long nanos) throws InterruptedException {
        waiting.incrementAndGet();
        workers.acquire();
        waiting.decrementAndGet();
        try {
            TimeUnit.NANOSECONDS.sleep((long) (nanos * slowness));
        } finally {
            workers.release();
        }
    }

    private void look() {
        busy += WORKERS - workers.availablePermits();
        if (++looks == LOOKS_PER_REPORT) {
            double share = (double) busy / (LOOKS_PER_REPORT * WORKERS);
            System.out.println("load " + share + " " + waiting.get() + " " + answered.get());
            looks = 0;
            busy = 0;
        }
    }
}

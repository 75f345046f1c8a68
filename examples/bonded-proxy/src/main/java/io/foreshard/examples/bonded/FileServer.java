package io.foreshard.examples.bonded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.foreshard.examples.harness.Cleanup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server with one file. */
final class FileServer {

    private static final int PIECE = 64 << 10;

    private final Scenario scenario;
    private final HttpServer server;

    private FileServer(Scenario scenario, HttpServer server) {
        this.scenario = scenario;
        this.server = server;
    }

    static FileServer start(Scenario scenario, Cleanup cleanup) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "http server");
            thread.setDaemon(true);
            return thread;
        });
        FileServer files = new FileServer(scenario, server);
        server.createContext("/", files::answer);
        server.setExecutor(threads);
        server.start();
        cleanup.add(() -> {
            server.stop(0);
            threads.shutdownNow();
        });
        return files;
    }

    /** Returns its name as a target. */
    String target() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, scenario.bytes());
            try (InputStream in = Files.newInputStream(scenario.file())) {
                copy(in, exchange.getResponseBody());
            }
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        for (long left = scenario.bytes(); left > 0; ) {
            byte[] piece = in.readNBytes((int) Math.min(PIECE, left));
            if (piece.length == 0) {
                throw new IOException("the file became shorter");
            }
            out.write(piece);
            left -= piece.length;
        }
    }

    /** Returns the digest of what is served, as it stands on the disk. */
    static String digest(Scenario scenario) throws IOException {
        MessageDigest digest = Download.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(scenario.file()), digest)) {
            for (long left = scenario.bytes(); left > 0; ) {
                int piece = in.readNBytes((int) Math.min(PIECE, left)).length;
                if (piece == 0) {
                    throw new IOException("the file became shorter");
                }
                left -= piece;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

package io.foreshard.examples.bonded;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A client that downloads on a thread of its own; its fields are read by others meanwhile. */
final class Download extends Thread {

    private static final int PIECE = 64 << 10;

    private final URI from;
    private volatile long bytes;
    private volatile String result = "";

    private Download(URI from) {
        super("download");
        this.from = from;
        setDaemon(true);
    }

    static Download start(int port) {
        Download download = new Download(URI.create("http://127.0.0.1:" + port + "/file"));
        download.start();
        return download;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void run() {
        try {
            result = digest();
        } catch (IOException broken) {
            result = "none: " + broken;
        } catch (InterruptedException stopped) {
            interrupt();
        }
    }

    private String digest() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(from)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE];
        try (InputStream body = response.body()) {
            for (int length = body.read(piece); length >= 0; length = body.read(piece)) {
                digest.update(piece, 0, length);
                received(length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void received(int length) {
        long before = bytes;
        bytes = before + length;
    }

    /** Returns what has come so far. */
    long bytes() {
        return bytes;
    }

    /** Returns the SHA-256 of what came, or what went wrong; to be asked when the thread has ended. */
    String result() {
        return result;
    }
}

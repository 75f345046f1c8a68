package io.foreshard.jmh.striping.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Source and sink: as many connections as asked for, as many bytes as go through them, each connection and each end with its own thread. */
final class Load implements AutoCloseable {

    private static final int WRITE_BYTES = 64 << 10;
    private static final int READ_BYTES = 256 << 10;

    private final ServerSocketChannel sink;
    private final LongAdder bytes = new LongAdder();

    Load() throws IOException {
        sink = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        start(this::accept);
    }

    int sinkPort() {
        return sink.socket().getLocalPort();
    }

    /**
     * What went through.
     *
     * @param bytes how much of the stretch that counts
     * @param seconds how long that was
     * @param cpuSeconds what the process between the two used of it
     */
    record Result(long bytes, double seconds, double cpuSeconds) {}

    /** Sends through a process that listens on a port and passes all on to the sink. */
    Result run(Process relay, int port, byte[] header, int connections, long warmUpMillis, long countedMillis)
            throws IOException, InterruptedException {
        List<SocketChannel> sources = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                SocketChannel source =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                sources.add(source);
                start(() -> send(source, header));
            }
            Thread.sleep(warmUpMillis);
            return measure(relay.pid(), countedMillis);
        } finally {
            for (SocketChannel source : sources) {
                source.close();
            }
        }
    }

    private Result measure(long pid, long millis) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        double cpu = ProcessCpu.seconds(pid);
        long before = bytes.sum();
        Thread.sleep(millis);
        long count = bytes.sum() - before;
        return new Result(count, (System.nanoTime() - begin) / 1e9, ProcessCpu.seconds(pid) - cpu);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private static void send(SocketChannel source, byte[] header) {
        try {
            ByteBuffer first = ByteBuffer.wrap(header);
            while (first.hasRemaining()) {
                source.write(first);
            }
            ByteBuffer data = ByteBuffer.allocateDirect(WRITE_BYTES);
            while (source.write(data) >= 0) {
                if (!data.hasRemaining()) {
                    data.clear();
                }
            }
        } catch (IOException closed) {
            // The run is over.
        }
    }

    private void accept() {
        try {
            while (sink.isOpen()) {
                SocketChannel channel = sink.accept();
                start(() -> receive(channel));
            }
        } catch (IOException closed) {
            // All runs are over.
        }
    }

    private void receive(SocketChannel channel) {
        ByteBuffer data = ByteBuffer.allocateDirect(READ_BYTES);
        try (channel) {
            for (int read = channel.read(data); read >= 0; read = channel.read(data.clear())) {
                bytes.add(read);
            }
        } catch (IOException reset) {
            // The run is over.
        }
    }

    @Override
    public void close() {
        try {
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

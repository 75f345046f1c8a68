package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's nginx in a folder and on a port of its own: it serves the small resource and stores uploads (WebDAV's PUT). */
final class NginxBackend implements Backend {

    private static final long LOOK_MILLIS = 250;

    private static final String CONFIGURATION = """
            daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
            events { worker_connections 1024; }
            http {
              log_format short '$request_method $status';
              access_log ${folder}/access.log short;
              client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
              uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
              client_max_body_size 16m; client_body_buffer_size 128k; keepalive_requests 1000000;
              server {
                listen ${host}:${port}; root ${folder}/www;
                location /upload/ { dav_methods PUT; create_full_put_path on; }
                location = /ping { access_log off; return 204; }
              }
            }
            """;

    private final String name;
    private final InetSocketAddress address;
    private final Path folder;
    private final Process process;
    private Duration cpu = Duration.ZERO;
    private volatile double load = Double.NaN;

    private NginxBackend(String name, Place place, Path folder, Process process) {
        this.name = name;
        this.address = new InetSocketAddress(place.host(), place.port());
        this.folder = folder;
        this.process = process;
    }

    static Backend start(String name, Place place, Path nginx, Cleanup cleanup) throws IOException {
        Path folder = folder();
        cleanup.add(() -> delete(folder));
        Files.createDirectories(folder.resolve("www").resolve("upload"));
        Files.write(folder.resolve("www").resolve("item"), Content.item());
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                CONFIGURATION
                        .replace("${folder}", folder.toString())
                        .replace("${host}", place.host())
                        .replace("${port}", Integer.toString(place.port())));
        List<String> command = new ArrayList<>(place.prefix());
        command.addAll(Commands.guarded(
                List.of(nginx.toString(), "-p", folder.toString(), "-c", configuration.toString(), "-e", "stderr")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.log").toFile())
                .start();
        cleanup.add(() -> stop(process));
        NginxBackend backend = new NginxBackend(name, place, folder, process);
        backend.watch(cleanup);
        return backend;
    }

    /** In memory where there is such a place: a disk that stalls would be taken for a path that does. */
    private static Path folder() throws IOException {
        Path memory = Path.of("/dev/shm");
        String prefix = "ingress-gateway";
        return Files.isWritable(memory) ? Files.createTempDirectory(memory, prefix) : Files.createTempDirectory(prefix);
    }

    private void watch(Cleanup cleanup) {
        ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor();
        cleanup.add(watcher::shutdownNow);
        watcher.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Its own processor time, as the kernel counts it. */
    private void look() {
        Duration now = process.descendants()
                .flatMap(child -> child.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
        load = Math.max(0, Math.min(1, now.minus(cpu).toNanos() / (LOOK_MILLIS * 1e6)));
        cpu = now;
    }

    private static void stop(Process process) throws IOException, InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.getOutputStream().close();
        if (!process.waitFor(2, TimeUnit.SECONDS)) {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public double load() {
        return load;
    }

    @Override
    public long answered() throws IOException {
        Path log = folder.resolve("access.log");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" 2")).count();
        }
    }
}

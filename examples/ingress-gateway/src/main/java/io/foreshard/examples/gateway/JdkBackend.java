package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An {@link IngestServer} in a child process, which ends with this one. */
final class JdkBackend implements Backend {

    private final String name;
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader said;
    private final InetSocketAddress address;
    private volatile double load = Double.NaN;
    private volatile long answered;

    private JdkBackend(String name, Process process, String host) throws IOException {
        this.name = name;
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.address = new InetSocketAddress(host, readPort());
    }

    static JdkBackend start(String name, Place place, Cleanup cleanup) throws IOException {
        List<String> command = new ArrayList<>(place.prefix());
        command.addAll(Commands.java(
                List.of("-Xmx128m", "-Dsun.net.httpserver.nodelay=true"),
                IngestServer.class,
                place.host(),
                Integer.toString(place.port())));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        cleanup.add(() -> {
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        });
        JdkBackend backend = new JdkBackend(name, process, place.host());
        Thread reader = new Thread(backend::listen, "load of " + name);
        reader.setDaemon(true);
        reader.start();
        return backend;
    }

    private int readPort() throws IOException {
        String line = said.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroyForcibly();
            throw new IOException(name + " did not start");
        }
        return Integer.parseInt(line.substring("ready ".length()));
    }

    private void listen() {
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                String[] words = line.split(" ", -1);
                answered = Long.parseLong(words[3]);
                load = Double.parseDouble(words[1]);
            }
        } catch (IOException ended) {
            // The process was stopped while a line was read.
        }
        load = Double.NaN;
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
    public long answered() {
        return answered;
    }

    /**
     * Makes it slower.
     *
     * @param factor by which everything takes longer, 1 for as usual
     */
    void slowDown(double factor) {
        commands.println("slow " + factor);
    }
}

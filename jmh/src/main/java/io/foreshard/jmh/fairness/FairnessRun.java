package io.foreshard.jmh.fairness;

import io.foreshard.jmh.run.Contestant;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.Processes;
import io.foreshard.jmh.way.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs sender and receiver at the two ends of a way, alone or beside TCP. */
final class FairnessRun {

    private static final int OUR_PORT = 4000;
    private static final String TCP_PORT = "5201";
    private static final int START_MILLIS = 4_000;
    private static final int HEAD_START_SECONDS = 2;
    private static final int GRACE_SECONDS = 10;

    private final Way way;
    private final Path work;
    private final FairnessLength length;

    FairnessRun(Way way, Path work, FairnessLength length) {
        this.way = way;
        this.work = work;
        this.length = length;
    }

    FairnessResult alone() throws IOException, ContestantException, InterruptedException {
        try (Processes processes = new Processes()) {
            long begin = System.currentTimeMillis() + START_MILLIS;
            Window window = window(begin, begin, length.countedSeconds() / 2);
            List<Process> ours = startOurs(processes, window);
            return result(ours, window, Double.NaN);
        }
    }

    FairnessResult besideTcp(boolean tcpFirst) throws IOException, ContestantException, InterruptedException {
        try (Processes processes = new Processes()) {
            long first = System.currentTimeMillis() + START_MILLIS;
            long second = first + HEAD_START_SECONDS * 1_000L;
            Window window = window(tcpFirst ? second : first, second, length.countedSeconds());
            processes.start(way.atReceiver(List.of("iperf3", "-s", "-1", "-p", TCP_PORT)), output("iperf-s"));
            List<Process> ours = startOurs(processes, window);
            long tcpBegin = tcpFirst ? first : second;
            Window.sleepUntil(tcpBegin);
            Path report = work.resolve("iperf-c.json");
            Process tcp = processes.start(way.atSender(iperf(tcpBegin, window)), report);
            if (!Processes.awaitSuccess(tcp, window.toMillis() / 1_000 - tcpBegin / 1_000 + GRACE_SECONDS)) {
                throw new ContestantException(
                        "iperf3: " + Files.readString(report).strip());
            }
            return result(ours, window, IperfReport.megabits(Files.readString(report)));
        }
    }

    private Window window(long begin, long lastBegin, int countedSeconds) {
        long from = lastBegin + length.warmUpSeconds() * 1_000L;
        return new Window(begin, from, from + countedSeconds * 1_000L);
    }

    private static List<String> iperf(long begin, Window window) {
        String omit = Long.toString((window.fromMillis() - begin) / 1_000);
        String counted = Long.toString((window.toMillis() - window.fromMillis()) / 1_000);
        return List.of(
                "iperf3", "-c", Way.RECEIVER_ADDRESS, "-p", TCP_PORT, "-C", "cubic", "-O", omit, "-t", counted, "-J");
    }

    private List<Process> startOurs(Processes processes, Window window) throws IOException {
        Files.deleteIfExists(work.resolve("received"));
        Files.deleteIfExists(work.resolve("rtt"));
        return List.of(
                processes.start(way.atReceiver(command(FairnessReceiver.class, "received", window)), output("ours-r")),
                processes.start(way.atSender(command(FairnessSender.class, "rtt", window)), output("ours-s")));
    }

    private Path output(String name) {
        return work.resolve(name + ".txt");
    }

    private List<String> command(Class<?> main, String result, Window window) {
        List<String> command = new ArrayList<>(Contestant.java(main).command());
        command.add(work.resolve(result).toString());
        command.add(Way.RECEIVER_ADDRESS);
        command.add(Integer.toString(OUR_PORT));
        command.addAll(List.of(window.arguments()));
        return command;
    }

    private FairnessResult result(List<Process> ours, Window window, double tcpMegabits)
            throws IOException, ContestantException, InterruptedException {
        long seconds = (window.toMillis() - System.currentTimeMillis()) / 1_000 + GRACE_SECONDS;
        for (Process process : ours) {
            if (!Processes.awaitSuccess(process, seconds)) {
                String words = Files.readString(output("ours-r")) + Files.readString(output("ours-s"));
                throw new ContestantException("ours: " + words.strip());
            }
        }
        String[] rtts = Files.readString(work.resolve("rtt")).split(" ", -1);
        double bits = 8.0 * Long.parseLong(Files.readString(work.resolve("received")));
        return new FairnessResult(
                bits / window.seconds() / 1e6, tcpMegabits, Double.parseDouble(rtts[0]), Double.parseDouble(rtts[1]));
    }
}

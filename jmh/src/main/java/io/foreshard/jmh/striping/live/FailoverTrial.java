package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.shaper.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One fault during a transfer in one direction, several times. */
final class FailoverTrial {

    private static final int STRUCK = 2;
    private static final long BEFORE_MILLIS = 800;
    private static final double ROUND_TRIPS = 1.5;
    private static final long SETTLED_MILLIS = 400;
    private static final long WATCHED_NANOS = 3_000_000_000L;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double MILLIS_PER_NANO = 1e-6;
    private static final double MEGABYTE = 1e6;

    final Fault fault;
    private final boolean download;
    private final Rounds gapMillis = new Rounds();
    private final Rounds usualGapMillis = new Rounds();
    private final Rounds roundTripMillis = new Rounds();
    private double lostBytes;
    private String missing = "not-run";

    FailoverTrial(Fault fault, boolean download) {
        this.fault = fault;
        this.download = download;
    }

    void run(ComparisonSettings settings, Stand stand, int round)
            throws IOException, ContestantException, InterruptedException {
        Stand.Ends ends = stand.open(List.of(0, 1, STRUCK));
        missing = "";
        long bytes = (long) ((settings.quick() ? 20 : 48) * MEGABYTE);
        ends.begin(download, settings.seed() + round, bytes);
        Thread.sleep(BEFORE_MILLIS);
        roundTripMillis.add(Long.parseLong(stand.ingress().ask("round-trip")) * MILLIS_PER_NANO);
        long struck = System.nanoTime();
        fault.strike(stand, STRUCK);
        long[] end = ends.receiver(download).askNumbers("finish " + PATIENCE_MILLIS);
        note(settings, round, ends.receiver(download), struck, end);
        tellBad(settings, stand, end);
        ends.client().ask("stop");
        fault.undo(stand, STRUCK);
    }

    private void note(ComparisonSettings settings, int round, Role receiver, long struck, long[] end)
            throws IOException, ContestantException, InterruptedException {
        boolean ended = end[3] == 1;
        Goodput usual = Goodput.look(receiver, struck - SETTLED_MILLIS * NANOS_PER_MILLI, struck);
        Goodput after = Goodput.look(receiver, struck, struck + WATCHED_NANOS);
        double gap = ended ? after.gapNanos() * MILLIS_PER_NANO : PATIENCE_MILLIS;
        gapMillis.add(gap);
        usualGapMillis.add(usual.gapNanos() * MILLIS_PER_NANO);
        lostBytes += end[1] + end[2] + (ended ? 0 : 1);
        settings.say(String.format(
                "failover: round %d, %s: longest gap %.0f ms, before %.0f ms, %d bytes, %d wrong, %d missing%s",
                round,
                label(),
                gap,
                usual.gapNanos() * MILLIS_PER_NANO,
                end[0],
                end[1],
                end[2],
                ended ? "" : ", no end"));
    }

    private void tellBad(ComparisonSettings settings, Stand stand, long[] end)
            throws IOException, ContestantException, InterruptedException {
        if (end[1] + end[2] > 0 || end[3] == 0) {
            settings.say("failover: ingress " + stand.ingress().ask("counters"));
            settings.say("failover: egress " + stand.egress().ask("counters"));
            settings.say("failover: legs " + stand.ingress().ask("legs"));
        }
    }

    void failed(ContestantException reason) {
        missing = missing.isEmpty() ? missing : reason.reason();
    }

    /** Transfers something both ways, so that no trial pays for what all processes do for the first time. */
    static void warmUp(ComparisonSettings settings, Stand stand)
            throws IOException, ContestantException, InterruptedException {
        settings.say("failover: warm up");
        for (boolean download : new boolean[] {true, false}) {
            Stand.Ends ends = stand.open(List.of(0, 1, STRUCK));
            ends.begin(download, settings.seed(), (long) (16 * MEGABYTE));
            ends.receiver(download).ask("finish " + PATIENCE_MILLIS);
        }
    }

    private String label() {
        return fault.label() + (download ? "-down" : "-up");
    }

    Figure loss() {
        return figure("failover.loss", lostBytes, "bytes", Target.atMost(0), gapMillis.peers("gap-ms"));
    }

    /** Returns the longest gap as it is. */
    Figure silent(String name, Target target, List<Peer> others) {
        return figure(name, gapMillis.median(), "ms", target, beside(others));
    }

    /** Returns what of the longest gap is beyond one and a half round trips: the news has to come, and what was lost to go again. */
    Figure told(String name, Target target, List<Peer> others) {
        List<Peer> peers = new ArrayList<>(List.of(Peer.of("gap-ms", gapMillis.median())));
        peers.addAll(beside(others));
        double excess = gapMillis.median() - ROUND_TRIPS * roundTripMillis.median();
        return figure(name, Math.max(0, excess), "ms", target, peers);
    }

    private List<Peer> beside(List<Peer> others) {
        List<Peer> peers = new ArrayList<>(gapMillis.spread("gap-ms"));
        peers.add(Peer.of("gap-before-ms", usualGapMillis.median()));
        peers.add(Peer.of("round-trip-under-load-ms", roundTripMillis.median()));
        peers.addAll(others);
        return peers;
    }

    private Figure figure(String name, double value, String unit, Target target, List<Peer> peers) {
        String whole = name + "/" + label();
        return missing.isEmpty()
                ? new Figure(whole, value, unit, target, peers)
                : Figure.open(whole, unit, target, Peer.skipped("foreshard", missing));
    }
}

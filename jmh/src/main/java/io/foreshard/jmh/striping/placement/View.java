package io.foreshard.jmh.striping.placement;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one ingress knows, and all that any policy gets to know: the newest probe of each node, what it has placed itself since, and the probes of
 * the last flow, which are new as of now.
 */
final class View {

    private final double[] inFlight;
    private final double[] secondsPerUnit;
    private final double[] load;
    private final double[] ownLoad;
    private final double[] probedAt;
    private final Deque<Integer> newest = new ArrayDeque<>();
    private double now;

    View(int nodes) {
        inFlight = new double[nodes];
        secondsPerUnit = new double[nodes];
        load = new double[nodes];
        ownLoad = new double[nodes];
        probedAt = new double[nodes];
    }

    /** A flow has come: probes of earlier ones are not the newest any more. */
    void begin(double at) {
        now = at;
        newest.clear();
    }

    void probe(int index, SharedNode node) {
        inFlight[index] = node.inFlight();
        secondsPerUnit[index] = node.secondsPerUnit();
        load[index] = node.load();
        ownLoad[index] = node.ownLoad();
        probedAt[index] = now;
        newest.add(index);
    }

    void placed(int node) {
        inFlight[node]++;
    }

    void ended(int node) {
        inFlight[node] = Math.max(0, inFlight[node] - 1);
    }

    int nodes() {
        return inFlight.length;
    }

    /** Returns which nodes were probed for this flow; one may be named twice. */
    Deque<Integer> newest() {
        return newest;
    }

    double inFlight(int node) {
        return inFlight[node];
    }

    double secondsPerUnit(int node) {
        return secondsPerUnit[node];
    }

    double load(int node) {
        return load[node];
    }

    /** Returns how much of the load comes from flows of the ingresses. */
    double ownLoad(int node) {
        return ownLoad[node];
    }

    double now() {
        return now;
    }

    double ageSeconds(int node) {
        return now - probedAt[node];
    }
}

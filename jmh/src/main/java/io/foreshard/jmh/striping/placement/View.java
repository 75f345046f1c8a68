package io.foreshard.jmh.striping.placement;

/** What one ingress knows: the newest probe of each node, and what it has placed itself since. */
final class View {

    private final double[] inFlight;
    private final double[] secondsPerUnit;
    private final double[] load;
    private final long[] probed;
    private long probes;

    View(int nodes) {
        inFlight = new double[nodes];
        secondsPerUnit = new double[nodes];
        load = new double[nodes];
        probed = new long[nodes];
    }

    void probe(int index, SharedNode node) {
        inFlight[index] = node.inFlight();
        secondsPerUnit[index] = node.secondsPerUnit();
        load[index] = node.load();
        probed[index] = ++probes;
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

    double inFlight(int node) {
        return inFlight[node];
    }

    double secondsPerUnit(int node) {
        return secondsPerUnit[node];
    }

    double load(int node) {
        return load[node];
    }

    /** Returns how many probes ago a node was asked. */
    long age(int node) {
        return probed[node] == 0 ? Long.MAX_VALUE : probes - probed[node];
    }
}

package io.foreshard.forecast.ets;

/** A form on its way through the selection. */
final class EtsCandidate {

    /** A descent ends where the next step promises less than this, in units of twice the log-likelihood. */
    private static final double TOLERANCE = 1e-3;

    /** A descent is given up where it would lie behind after a fall this many times the one that its next step promises. */
    private static final double HOPE = 20;

    private static final int MAX_STEPS = 100;

    /** Where nothing could be screened: gains that leave the initial states almost as they are. */
    private static final EtsGains CAUTIOUS = new EtsGains(0.003, 0.0001, 0.001, 0.97);

    private final EtsLikelihood likelihood;
    private final EtsScreen screen;
    private final double price;
    private final double screened;
    private double value = Double.POSITIVE_INFINITY;
    private double[] coordinates = new double[0];

    EtsCandidate(EtsLikelihood likelihood, EtsScreen screen, double price) {
        this.likelihood = likelihood;
        this.screen = screen;
        this.price = price;
        screened = screen.value(likelihood.form) + price;
    }

    EtsForm form() {
        return likelihood.form;
    }

    /** The criterion that the screen lets expect. */
    double screened() {
        return screened;
    }

    /** The criterion of the best descent so far, on standardised data. */
    double value() {
        return value;
    }

    EtsGains bestGains() {
        return screened < Double.POSITIVE_INFINITY ? screen.gains(form()) : CAUTIOUS;
    }

    EtsGains otherGains() {
        return screened < Double.POSITIVE_INFINITY ? screen.otherGains(form()) : CAUTIOUS;
    }

    /**
     * Goes down from given gains.
     *
     * @param limit the criterion to beat
     * @return the work, in runs over the data
     */
    int descend(EtsGains gains, double limit) {
        EtsRecursion run = likelihood.run;
        states().write(run);
        gains.write(run);
        EtsDescent descent = new EtsDescent(likelihood, likelihood.coordinates.encode(run));
        boolean hopeful = true;
        for (int step = 0; step < MAX_STEPS && hopeful && descent.promise() > TOLERANCE && descent.step(); step++) {
            hopeful = descent.value() + price - HOPE * descent.promise() <= limit;
        }
        if (descent.value() + price < value) {
            value = descent.value() + price;
            coordinates = descent.coordinates();
        }
        return descent.evaluations();
    }

    private EtsStart.States states() {
        EtsStart.States states = screen.states(form());
        return screened < Double.POSITIVE_INFINITY ? states : states.withPositiveMeans();
    }

    /** Returns the run of the best descent with its gains and initial states set. */
    EtsRecursion solution() {
        states().write(likelihood.run);
        likelihood.coordinates.decode(coordinates, likelihood.run);
        return likelihood.run;
    }
}

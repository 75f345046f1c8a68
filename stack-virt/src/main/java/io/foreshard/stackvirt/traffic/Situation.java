package io.foreshard.stackvirt.traffic;

/** What the experts of one stack saw when a probability was given: kept until it is known whether the stack was needed. Reused. */
final class Situation {

    final int[] cells = new int[Experts.COUNT];
    final float[] moves = new float[Experts.COUNT + 1];
    final byte[] knowledge = new byte[Experts.COUNT + 1];
    final int[] lags = new int[Lags.MOST];
    int lagCount;
    int regime;
    double own;
    double shared;
    int band;
    double probability;
    boolean isForetold;
    final float[] forecastMove = new float[1];
    final byte[] forecastBand = new byte[1];
    double ownForetold;
    double sharedForetold;
    /** The probability without and with what a forecaster says. */
    double plain;

    double foretold;
    long slot = Long.MIN_VALUE;
}

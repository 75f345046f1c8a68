package io.foreshard.addrsharding.spi;

/**
 * How large a subdivision is expected to become. Anything may come out of a forecast, so nothing is refused: what makes no sense counts as
 * unknown.
 *
 * @param peakUnits the most units (shards of the smallest size) that it will hold at once; {@link Double#NaN} if not known
 * @param trust how far that is to be relied on, 0…1: 0 while a {@link io.foreshard.coreapi.GateReport gate} is shut
 */
public record SpaceOutlook(double peakUnits, double trust) {

    /** Nothing is known. */
    public static final SpaceOutlook UNKNOWN = new SpaceOutlook(Double.NaN, 0);

    /** Returns how many units to reserve for, 0 if not known. */
    public double reservedUnits() {
        double weight = Math.min(1, trust);
        return peakUnits > 0 && peakUnits < Integer.MAX_VALUE && weight > 0 ? peakUnits * weight : 0;
    }
}

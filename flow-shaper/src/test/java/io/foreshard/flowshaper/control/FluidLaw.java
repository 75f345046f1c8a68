package io.foreshard.flowshaper.control;

/** The laws of the fluid model: bytes are in units of what the bottleneck passes in a second. */
interface FluidLaw {

    /** Takes the queue delay as seen at a control step. */
    void step(double seenSeconds);

    /** Returns the total that has left by now, of what had arrived by a time. */
    double departed(Arrivals arrivals, double nowSeconds, double departedBefore, double tickSeconds);

    /** How much had arrived by then. */
    interface Arrivals {
        double by(double seconds);
    }

    /** Everything leaves when it arrives. */
    static FluidLaw none() {
        return delay(0);
    }

    /** The specified rule: each packet waits for a multiple of the queue delay. */
    static FluidLaw delay(double weight) {
        return new FluidLaw() {
            private double delay;

            @Override
            public void step(double seenSeconds) {
                delay = Math.max(0, weight * seenSeconds);
            }

            @Override
            public double departed(Arrivals arrivals, double now, double before, double tick) {
                return Math.max(before, arrivals.by(now - Math.floor(delay / tick + 1e-9) * tick));
            }
        };
    }

    /** A rate by proportional and integral control, as others do it. */
    static FluidLaw rate(double assumedCapacity, double kp, double ki, double stepSeconds) {
        return new FluidLaw() {
            private static final double TARGET = 0.005;
            private double integral;
            private double rate = 1.2;

            @Override
            public void step(double seenSeconds) {
                double error = seenSeconds - TARGET;
                double next = kp * error + integral + ki * error * stepSeconds;
                if (next > -0.3 && next < 0.95) {
                    integral += ki * error * stepSeconds;
                }
                double wanted = assumedCapacity * (1 - kp * error - integral);
                rate = Math.max(0.05, ki > 0 ? Math.min(1.3, wanted) : wanted);
            }

            @Override
            public double departed(Arrivals arrivals, double now, double before, double tick) {
                return Math.min(arrivals.by(now), before + rate * tick);
            }
        };
    }
}

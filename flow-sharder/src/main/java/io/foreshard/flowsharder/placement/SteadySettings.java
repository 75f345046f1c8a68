package io.foreshard.flowsharder.placement;

/** What {@link SteadyRebalancePolicy} was built with. */
record SteadySettings(
        double enterLoad,
        double leaveLoad,
        double degradedFactor,
        long dwellNanos,
        long recoveryDwellNanos,
        long leastStayNanos,
        long returnNanos,
        int movesPerRound) {}

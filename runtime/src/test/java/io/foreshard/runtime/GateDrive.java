package io.foreshard.runtime;

import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Drives a gate with one decision per step, of a heavy-tailed cost (Pareto, 1.2) that is greater by a factor where forecasts decide. */
final class GateDrive {

    private static final double TAIL = 1.2;
    private static final long STEP_NANOS = 50_000_000L;

    final SkillGate gate;
    final List<GateReport> changes = new ArrayList<>();
    final List<Long> changedAt = new ArrayList<>();
    private final SplittableRandom costs;
    double harm = 1;
    double error;
    long scored = 200;
    boolean tells = true;
    boolean scores = true;
    int settlingSteps;
    /** Multiplies all costs, of both arms. */
    double level = 1;

    long steps;
    long predictiveSteps;

    GateDrive(long seed, GateMode mode, double controlShare) {
        this(seed, mode, controlShare, GateListener.NOOP);
    }

    GateDrive(long seed, GateMode mode, double controlShare, GateListener also) {
        this(seed, mode, controlShare, also, SkillGate.BurdenOfProof.PREDICTIVE);
    }

    GateDrive(long seed, GateMode mode, double controlShare, GateListener also, SkillGate.BurdenOfProof burden) {
        GateListener listener = (subject, report) -> {
            changes.add(report);
            changedAt.add(steps);
            also.onGate(subject, report);
        };
        gate = new SkillGate(mode, controlShare, seed, "path", listener, burden);
        costs = new SplittableRandom(seed + 1);
    }

    GateDrive error(double newError) {
        error = newError;
        return this;
    }

    GateDrive run(long count) {
        for (long i = 0; i < count; i++) {
            steps++;
            gate.step(steps * STEP_NANOS, error, scored, tells, settlingSteps);
            predictiveSteps += gate.isPredictive() ? 1 : 0;
            if (scores) {
                double cost = level * Math.pow(1 - costs.nextDouble(), -1 / TAIL);
                gate.score(gate.slot(), gate.isPredictive() ? harm * cost : cost);
            }
        }
        return this;
    }

    void runUntil(GateReason reason, long limit) {
        for (long i = 0; i < limit && reason() != reason; i++) {
            run(1);
        }
    }

    GateReason reason() {
        return gate.report().reason();
    }

    List<GateReason> reasons() {
        return changes.stream().map(GateReport::reason).toList();
    }
}

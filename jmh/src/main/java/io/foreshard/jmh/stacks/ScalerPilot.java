package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.scaling.KindScaler;
import io.foreshard.stackvirt.scaling.StackScaler;
import io.foreshard.stackvirt.spi.ScalingView;
import java.util.ArrayList;
import java.util.List;

/** The scaler as it is shipped. */
final class ScalerPilot implements Pilot {

    private static final long TICK_MILLIS = 1000;

    private final StackScaler scaler;
    private final List<KindScaler> kinds = new ArrayList<>();

    ScalerPilot(StackScaler scaler, List<ScalingView.Bounds> bounds) {
        this.scaler = scaler;
        for (int kind = 0; kind < bounds.size(); kind++) {
            kinds.add(scaler.kind("kind-" + kind, bounds.get(kind)));
        }
    }

    @Override
    public long tickMillis() {
        return TICK_MILLIS;
    }

    @Override
    public boolean asksAtOnce() {
        return true;
    }

    @Override
    public void arrived(int kind, long nowMillis) {
        kinds.get(kind).arrived(nowMillis);
    }

    @Override
    public void answered(int kind, long nowMillis) {
        kinds.get(kind).answered(nowMillis);
    }

    @Override
    public void tick(long nowMillis) {
        scaler.tick(nowMillis);
    }

    @Override
    public int plan(int kind, long nowMillis, ScalingView.Stock stock, int waiting) {
        return kinds.get(kind).plan(nowMillis, stock, waiting).resident();
    }

    double price() {
        return scaler.price();
    }

    KindScaler kind(int kind) {
        return kinds.get(kind);
    }
}

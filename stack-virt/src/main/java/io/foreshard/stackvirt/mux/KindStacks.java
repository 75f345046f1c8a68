package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The stacks of a kind by id. */
final class KindStacks implements StackSet {

    private final Kind kind;
    private final Map<StackId, Seat> seats = new LinkedHashMap<>();

    KindStacks(Kind kind) {
        this.kind = kind;
    }

    @Override
    public StackLink.Listener add(StackId id, StackEvents events) {
        forgetGone();
        Checks.require(!seats.containsKey(id), "id", id, "a stack that is not in the set");
        Seat seat = new Seat(id, events, kind, kind.settings.maxInFlight());
        seats.put(id, seat);
        kind.roster.add(seat);
        return seat;
    }

    @Override
    public void open(StackId id, StackLink link) {
        Seat seat = seats.get(id);
        if (seat == null || seat.state == Seat.State.GONE || !seat.connect(link)) {
            link.close();
            return;
        }
        kind.pump();
    }

    @Override
    public void suspend(StackId id) {
        stop(id, Seat.State.SUSPENDED);
    }

    @Override
    public void resume(StackId id) {
        with(id, seat -> {
            seat.resume();
            kind.pump();
        });
    }

    @Override
    public void drain(StackId id) {
        stop(id, Seat.State.DRAINING);
    }

    private void stop(StackId id, Seat.State state) {
        with(id, seat -> {
            seat.stop(state);
            kind.settle(seat);
            kind.pump();
        });
    }

    @Override
    public void remove(StackId id) {
        remove(id, MuxReason.STACK_GONE);
    }

    private void remove(StackId id, MuxReason reason) {
        with(id, seat -> {
            seat.dismiss();
            kind.lose(seat, reason);
            seat.close();
            kind.pump();
        });
        seats.remove(id);
    }

    @Override
    public void condition(StackId id, StackCondition condition) {
        with(id, seat -> seat.condition(condition));
    }

    @Override
    public void credits(StackId id, long bytes) {
        Checks.notNegative("bytes", bytes);
        with(id, seat -> {
            seat.credits(bytes);
            kind.pump();
        });
    }

    @Override
    public List<StackStatistics> stacks() {
        forgetGone();
        long now = kind.nowNanos();
        return seats.values().stream().map(seat -> seat.statistics(now)).toList();
    }

    @Override
    public KindStatistics statistics() {
        return kind.statistics();
    }

    /** Ends all links; nobody hears of it. */
    void close() {
        List.copyOf(seats.keySet()).forEach(id -> remove(id, MuxReason.CLOSED));
    }

    private void with(StackId id, Consumer<Seat> action) {
        Seat seat = seats.get(id);
        if (seat != null && seat.state != Seat.State.GONE) {
            action.accept(seat);
        }
    }

    private void forgetGone() {
        seats.values().removeIf(seat -> seat.state == Seat.State.GONE);
    }
}

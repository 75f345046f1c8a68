package io.foreshard.stackvirt.selection;

import io.foreshard.stackvirt.spi.StacksView;
import java.util.ArrayList;
import java.util.List;

/** Stacks as a test describes them. */
final class Stacks implements StacksView {

    private final List<Stack> all = new ArrayList<>();
    int previous = -1;

    static final class Stack {
        boolean takes = true;
        int inFlight;
        double weight = 1;
        double expected;
        long latencyNanos = 1000;
        long ageNanos;
        long oldestNanos;
        double errorShare;
        double headroom = 1;
    }

    /** Returns stacks that are all alike, known and idle. */
    static Stacks of(int count) {
        Stacks stacks = new Stacks();
        for (int i = 0; i < count; i++) {
            stacks.all.add(new Stack());
        }
        return stacks;
    }

    Stack at(int stack) {
        return all.get(stack);
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public boolean takes(int stack) {
        return at(stack).takes;
    }

    @Override
    public int inFlight(int stack) {
        return at(stack).inFlight;
    }

    @Override
    public double weight(int stack) {
        return at(stack).weight;
    }

    @Override
    public double expectedInFlight(int stack) {
        return at(stack).expected;
    }

    @Override
    public long latencyNanos(int stack) {
        return at(stack).latencyNanos;
    }

    @Override
    public long ageNanos(int stack) {
        return at(stack).ageNanos;
    }

    @Override
    public long oldestNanos(int stack) {
        return at(stack).oldestNanos;
    }

    @Override
    public double errorShare(int stack) {
        return at(stack).errorShare;
    }

    @Override
    public double headroom(int stack) {
        return at(stack).headroom;
    }

    @Override
    public int previous() {
        return previous;
    }
}

package io.foreshard.examples.stacks;

import io.foreshard.coreapi.GateMode;
import io.foreshard.stackvirt.scaling.KeepAliveScaling;
import io.foreshard.stackvirt.scaling.StackScaler;
import java.time.Duration;

/** Who decides how many stacks there are. */
enum Policy {
    /** Knative's rule with its published values. */
    REACTIVE("reactive", "react"),
    /** As many as are needed, and each a fixed time longer. */
    KEPT("fixed keep-alive", "kept"),
    /** The default of the virtualizer. */
    PREDICTIVE("predictive", "predict");

    private final String words;
    private final String owner;

    Policy(String words, String owner) {
        this.words = words;
        this.owner = owner;
    }

    String words() {
        return words;
    }

    /** What its stacks are called by. */
    String owner() {
        return owner;
    }

    StackScaler.Builder scaler(Duration keep) {
        return switch (this) {
            case REACTIVE -> StackScaler.builder().gateMode(GateMode.SHUT);
            case KEPT -> keptFor(keep);
            case PREDICTIVE -> StackScaler.builder();
        };
    }

    static StackScaler.Builder keptFor(Duration keep) {
        return StackScaler.builder().reactive(new KeepAliveScaling(keep)).gateMode(GateMode.SHUT);
    }
}

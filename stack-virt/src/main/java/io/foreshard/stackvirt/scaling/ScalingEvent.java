package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.spi.ScalingPlan;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The number of stacks of a kind changes. */
@Name("io.foreshard.Scaling")
@Label("Scaling")
@Description("A kind of stack gets more stacks, or fewer")
@Category("Foreshard")
@StackTrace(false)
final class ScalingEvent extends Event {

    @Label("Kind")
    String kind = "";

    @Label("Running")
    int running;

    @Label("Frozen")
    int frozen;

    @Label("Created")
    int created;

    @Label("Reason")
    String reason = "";

    @Label("Explanation")
    String explanation = "";

    static void emit(ScalingPlan plan) {
        ScalingEvent event = new ScalingEvent();
        if (event.shouldCommit()) {
            event.kind = plan.view().kind();
            event.running = plan.running();
            event.frozen = plan.frozen();
            event.created = plan.created();
            event.reason = plan.reason().name();
            event.explanation = plan.explain();
            event.commit();
        }
    }
}

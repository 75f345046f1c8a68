package io.foreshard.addrsharding.prefetch;

import io.foreshard.addrsharding.spi.PrefetchPlan;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Addresses were ordered to be warm, or released. */
@Name("io.foreshard.Prefetch")
@Label("Prefetch")
@Description("A subdivision gets more warm addresses, or fewer")
@Category("Foreshard")
@StackTrace(false)
final class PrefetchEvent extends Event {

    @Label("Subdivision")
    String subdivision = "";

    @Label("Target")
    int target;

    @Label("Order")
    int order;

    @Label("Release")
    int release;

    @Label("Reason")
    String reason = "";

    @Label("Explanation")
    String explanation = "";

    static void emit(PrefetchPlan plan) {
        PrefetchEvent event = new PrefetchEvent();
        if (event.shouldCommit()) {
            event.subdivision = plan.view().subdivision();
            event.target = plan.target();
            event.order = plan.order();
            event.release = plan.release();
            event.reason = plan.reason().name();
            event.explanation = plan.explain();
            event.commit();
        }
    }
}

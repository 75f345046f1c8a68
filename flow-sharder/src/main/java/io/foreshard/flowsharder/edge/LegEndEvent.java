package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.session.LegEndReason;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A leg of a session is gone. */
@Name("io.foreshard.LegEnd")
@Label("Leg End")
@Description("A leg of a session is gone; what was under way goes over others")
@Category("Foreshard")
@StackTrace(false)
final class LegEndEvent extends Event {

    @Label("Session")
    long session;

    @Label("Leg")
    int leg;

    @Label("Reason")
    String reason = "";

    static void emit(long session, Leg leg, LegEndReason reason) {
        LegEndEvent event = new LegEndEvent();
        if (event.shouldCommit()) {
            event.session = session;
            event.leg = leg.id();
            event.reason = reason.name();
            event.commit();
        }
    }
}

package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlanReason;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A session has another number of shards. */
@Name("io.foreshard.ShardCount")
@Label("Shard Count")
@Description("A session has another number of shards from now on")
@Category("Foreshard")
@StackTrace(false)
final class ShardCountEvent extends Event {

    @Label("Session")
    long session;

    @Label("Before")
    int before;

    @Label("Count")
    int count;

    @Label("Reason")
    String reason = "";

    @Label("Concessions")
    @Description("What the placement had to give up")
    String concessions = "";

    static void emit(long session, int before, int count, PlanReason reason, Placement placement) {
        ShardCountEvent event = new ShardCountEvent();
        if (event.shouldCommit()) {
            event.session = session;
            event.before = before;
            event.count = count;
            event.reason = reason.name();
            event.concessions = placement.concessions().toString();
            event.commit();
        }
    }
}

package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.spi.Move;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A shard of a session goes to another node. */
@Name("io.foreshard.ShardMove")
@Label("Shard Move")
@Description("A shard of a session goes to another node")
@Category("Foreshard")
@StackTrace(false)
final class ShardMoveEvent extends Event {

    @Label("Session")
    long session;

    @Label("Shard")
    int shard;

    @Label("From")
    String from = "";

    @Label("To")
    String to = "";

    @Label("Reason")
    String reason = "";

    static void emit(Move move) {
        ShardMoveEvent event = new ShardMoveEvent();
        if (event.shouldCommit()) {
            event.session = move.session();
            event.shard = move.shard();
            event.from = move.from().id();
            event.to = move.to().id();
            event.reason = move.reason().name();
            event.commit();
        }
    }
}

package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.GateReport;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.traffic.AuxiliaryTask;
import io.foreshard.stackvirt.traffic.KeyReport;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Brings messages to protocol stacks that are warm before their traffic comes. Observes the messages of each kind, foretells how many stacks they will need, keeps
 * as many as ready as that is worth, sends each message to the stack that will answer soonest, and reckons what the reactive policy would have done.
 *
 * <p>Everything happens on one event loop; for more, make more of them with other owners. All methods may be called by any thread.
 */
public interface StackVirtualizer extends AutoCloseable {

    /**
     * Returns a builder with the defaults.
     *
     * @param owner names this one on its machine: small letters and digits, at most 16; what it leaves behind is known again by it
     * @param loop on which everything happens, links to stacks included
     */
    static StackVirtualizerBuilder builder(String owner, EventLoop loop) {
        return new StackVirtualizerBuilder(owner, loop);
    }

    /**
     * Asks the engines what they can do, takes over or removes what an earlier one of the same owner has left, and begins. Messages that come before wait.
     *
     * @return completes when it has begun; exceptionally if an engine cannot do anything
     */
    CompletionStage<Void> open();

    /**
     * Attaches a virtual router.
     *
     * @param executor on which its handlers are told; the loop itself is the fastest
     * @param maxOutstanding how many messages may have no result yet, 1…1048576
     */
    Port port(EventExecutor executor, int maxOutstanding);

    /** Returns the time by which deadlines are given. */
    long nowNanos();

    /** Tells how all kinds are, as of the newest second; in the order in which they were added. Empty before that. */
    List<VirtualizedKind> report();

    /**
     * Tells which networks send and get most, and what is expected of them.
     *
     * @param most how many pairs at most, not below 0
     * @return completes on the loop
     */
    CompletionStage<List<KeyReport>> traffic(int most);

    /**
     * Counts work of stacks beside messages, as telemetry or whoever ends a handshake knows it.
     *
     * @param protocol its protocol id; one that no kind speaks is left out
     * @param source the network that it is for
     * @param destination the network on its other side
     * @param task which
     * @param count how many, below 0 counts as 0
     */
    void task(int protocol, long source, long destination, AuxiliaryTask task, long count);

    /** Returns whether prediction decides, and why. */
    GateReport gate();

    /**
     * Lets go of all stacks and leaves them running, for one of the same owner that comes after this one. Messages without a result are refused.
     *
     * @return completes when nothing happens any more
     */
    CompletionStage<Void> detach();

    /**
     * Refuses all messages without a result and removes all stacks.
     *
     * @return completes when nothing is left of them
     */
    CompletionStage<Void> stop();

    /** Begins to {@link #stop}, if nothing else has ended it. May be repeated. */
    @Override
    void close();
}

package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;

/** Tells listeners, once, that a request waits. */
final class Announcer {

    private final ReasonCounters<ReassemblyReason> counters;

    Announcer(ReasonCounters<ReassemblyReason> counters) {
        this.counters = counters;
    }

    void announce(Source source) {
        if (source.isClosed() || !source.feedback().announce()) {
            return;
        }
        try {
            source.listener().onFeedbackDue(source);
        } catch (RuntimeException | LinkageError failure) {
            counters.count(ReassemblyReason.LISTENER_FAILED);
        }
    }
}

package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;

/**
 * What sessions of one event loop are made of.
 *
 * @param limits their bounds
 * @param schedulers which flows get which
 * @param memory what all flows of the loop may hold out of order, and beyond their least windows
 * @param windows what all flows of the loop may be promised beyond their least windows
 * @param least what the least windows of all flows of the loop may hold together, but for one piece each
 * @param counters of the loop
 */
public record SessionSetup(
        SessionLimits limits,
        FlowSchedulers schedulers,
        ByteBudget memory,
        ByteBudget windows,
        ByteBudget least,
        ReasonCounters<FlowSharderReason> counters) {}

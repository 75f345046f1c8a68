package io.foreshard.stackvirt.manager;

/** Where a stack is in its life. The order is that of a life that takes every turn. */
public enum StackPhase {
    /** Asked for; nothing of it is there. */
    NEW,
    /** Being set up. */
    CREATING,
    /** Set up, not started. */
    CREATED,
    /** Started, does not take connections yet. */
    STARTING,
    /** Connected, was asked whether it is well. */
    CHECKING,
    /** Well, gets no messages. */
    IDLE,
    /** Gets messages. */
    RUNNING,
    /** Gets no new messages, answers those that it has. */
    DRAINING,
    /** Being stopped where it stands. */
    FREEZING,
    /** Stopped where it stands. */
    FROZEN,
    /** Being let go on. */
    THAWING,
    /** Being removed. */
    DESTROYING,
    /** Gone. */
    DESTROYED
}

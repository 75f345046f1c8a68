package io.foreshard.flowsharder.spi;

/**
 * One shard goes to another node.
 *
 * @param session the key of its session
 * @param shard its number within the session
 * @param from where it is
 * @param to where it goes
 * @param reason why
 */
public record Move(long session, int shard, Node from, Node to, MoveReason reason) {}

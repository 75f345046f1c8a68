package io.foreshard.addrsharding.engine;

import java.util.concurrent.CompletableFuture;

/**
 * Somebody who waits for an address.
 *
 * @param handle of the machine
 * @param untilMillis when there is no more use in one, in milliseconds since 1970
 * @param answer completed once
 */
record Waiter(String handle, long untilMillis, CompletableFuture<HandOut> answer) {}

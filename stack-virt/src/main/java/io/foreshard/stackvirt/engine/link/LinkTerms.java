package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackProtocol;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a link is made with, whichever side connects.
 *
 * @param protocol what the stack speaks
 * @param limits of the link
 * @param listener told of answers and of the end
 * @param isAlive whether it makes sense to wait for the stack; asked on the loop, so it must be quick
 * @param ending finds out why the stack has ended; called on the loop
 */
public record LinkTerms(
        StackProtocol protocol,
        LinkLimits limits,
        StackLink.Listener listener,
        BooleanSupplier isAlive,
        Supplier<CompletionStage<StackFailure>> ending) {}

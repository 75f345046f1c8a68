/**
 * What an example program runs in: a {@link io.foreshard.examples.harness.Program} on the command line, event loops of
 * {@link io.foreshard.examples.harness.Transports}, processes of {@link io.foreshard.examples.harness.Commands}, and virtual networks of
 * {@link io.foreshard.examples.harness.NamespaceCable}s.
 *
 * <p>Whatever is started is owned by a {@link io.foreshard.examples.harness.Cleanup}, which stops it however the program ends.
 */
@NullMarked
package io.foreshard.examples.harness;

import org.jspecify.annotations.NullMarked;

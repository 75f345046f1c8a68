/** What the stacks do with BGP and DNS messages. Runs in containers as well, with nothing beside it but the JDK and the worker. */
@NullMarked
package io.foreshard.examples.stacks.protocol;

import org.jspecify.annotations.NullMarked;

/** What it costs to pass bytes on: relays as processes of their own, between the same source and sink on the loopback interface. */
@NullMarked
package io.foreshard.jmh.striping.relay;

import org.jspecify.annotations.NullMarked;

/**
 * What is known of paths and servers from outside the engines.
 *
 * <p>Samples of paths and loads of servers flow in, each from one source; the newest of each flows out through
 * {@link io.foreshard.coreapi.TelemetrySource}, with its age and how far it is to be trusted. A source that falls silent or lies
 * decays to "unknown", never to zero.
 */
@NullMarked
package io.foreshard.telemetry;

import org.jspecify.annotations.NullMarked;

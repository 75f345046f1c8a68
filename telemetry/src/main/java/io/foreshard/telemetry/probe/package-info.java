/**
 * Active probes: they ask the path. STAMP over UDP (RFC 8762, sender and reflector), the time that a TCP connection takes to open,
 * the kernel's own figures of open TCP connections, ICMP echo where permitted, and the latency hop by hop.
 *
 * <p>Destinations flow in; what flows out of each probe is a {@link io.foreshard.coreapi.TelemetrySource} and a
 * {@link io.foreshard.telemetry.PathProfile} per destination. {@link io.foreshard.telemetry.probe.TelemetryAgent} runs several and
 * answers with the one that is trusted most. All state of a probe belongs to one event loop of the group that was handed in; what it
 * knows may be asked for on any thread. Nothing blocks an event loop, and nothing starts a thread.
 */
@NullMarked
package io.foreshard.telemetry.probe;

import org.jspecify.annotations.NullMarked;

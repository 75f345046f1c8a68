/**
 * An ingress gateway in front of two real servers, each behind a path with a finite buffer: the same load passes once as it comes and
 * once through the flow shaper.
 *
 * <p>In flow requests of real clients through a Netty proxy; out flow a line per second on the terminal and a report. Whatever is
 * started, such as processes and network namespaces, is owned by a {@link io.foreshard.examples.harness.Cleanup}.
 */
@NullMarked
package io.foreshard.examples.gateway;

import org.jspecify.annotations.NullMarked;

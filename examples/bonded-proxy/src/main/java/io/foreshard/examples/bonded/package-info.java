/**
 * A bonded proxy: one HTTP download over three relays at once, while one of them is slowed, one killed and started again.
 *
 * <p>In flow the bytes of a real file from a real HTTP server; out flow a line per second on the terminal, and a report. Whatever is
 * started, such as processes and network namespaces, is owned by a {@link io.foreshard.examples.harness.Cleanup}.
 */
@NullMarked
package io.foreshard.examples.bonded;

import org.jspecify.annotations.NullMarked;

/**
 * Hands out the addresses of a cloud whose machines come and go: a trace is replayed in virtual time through two engines of address sharding
 * side by side, one that keeps what was enough lately and one that foresees.
 *
 * <p>In flow creations and endings of machines; out flow a table, a report, and the files of two makes of router, which are run if they are
 * installed.
 */
@NullMarked
package io.foreshard.examples.addresses;

import org.jspecify.annotations.NullMarked;

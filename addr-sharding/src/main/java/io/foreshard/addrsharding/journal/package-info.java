/**
 * A store of allocations in a directory of its own: a journal with group commit, and snapshots. Allocations flow in, acknowledgements flow
 * out; the store owns the files.
 */
@NullMarked
package io.foreshard.addrsharding.journal;

import org.jspecify.annotations.NullMarked;

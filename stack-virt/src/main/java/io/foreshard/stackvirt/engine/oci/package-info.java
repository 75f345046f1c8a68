/**
 * Stacks in containers: drives any runtime of the Open Container Initiative by its command line. A stack is a folder with what the runtime
 * needs, a container of the stack's name, and control groups of that name; nothing else is kept, so an engine in a new process finds all that
 * an earlier one has left.
 */
@NullMarked
package io.foreshard.stackvirt.engine.oci;

import org.jspecify.annotations.NullMarked;

/**
 * A real bottleneck for processes of their own: network namespaces that a contest lays and takes away, and the processes that it starts at
 * their ends.
 */
@NullMarked
package io.foreshard.jmh.way;

import org.jspecify.annotations.NullMarked;

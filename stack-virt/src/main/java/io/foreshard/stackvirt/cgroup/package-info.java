/** Control groups of the kernel, version 1 and 2, read and written as the files that they are. All methods block, for as long as the kernel does. */
@NullMarked
package io.foreshard.stackvirt.cgroup;

import org.jspecify.annotations.NullMarked;

/** What the engines share. */
@NullMarked
package io.foreshard.stackvirt.engine;

import org.jspecify.annotations.NullMarked;

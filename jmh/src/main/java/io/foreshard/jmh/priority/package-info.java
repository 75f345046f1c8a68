/** Urgent messages beside bulk in one session, with and without traffic classes. */
@NullMarked
package io.foreshard.jmh.priority;

import org.jspecify.annotations.NullMarked;

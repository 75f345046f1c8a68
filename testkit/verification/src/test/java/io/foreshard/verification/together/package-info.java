/** Several engines at once: each has a strand of traffic, and all share what an application would share. */
@NullMarked
package io.foreshard.verification.together;

import org.jspecify.annotations.NullMarked;

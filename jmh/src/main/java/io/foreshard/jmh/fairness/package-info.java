/**
 * A bulk session beside one CUBIC flow of the kernel's on one {@code tbf} bottleneck between two network namespaces: the contest lays the
 * way, starts each end as a process of its own, and reads what arrived.
 */
@NullMarked
package io.foreshard.jmh.fairness;

import org.jspecify.annotations.NullMarked;

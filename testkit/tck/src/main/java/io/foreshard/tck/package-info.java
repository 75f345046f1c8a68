/**
 * Contract tests: what an engine relies on when an application replaces one of its decisions. In: an implementation, by way of one
 * method. Out: JUnit tests that hold or fail. A test class implements the contract's interface and inherits its tests.
 */
@NullMarked
package io.foreshard.tck;

import org.jspecify.annotations.NullMarked;

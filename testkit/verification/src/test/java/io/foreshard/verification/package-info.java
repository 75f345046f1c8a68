/**
 * Holds the published modules to the layout and the laws of the design: who may depend on whom, no clock and no chance inside
 * a state machine, no static state, and modules that start from the module path.
 *
 * <p>A rule is a value that can be asked about any classes, so that {@code RulesBiteTest} can show each one fixtures that
 * break it.
 */
package io.foreshard.verification;

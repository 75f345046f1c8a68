/**
 * Reads saved state that may have been cut short or tampered with. Internal to the module: bytes flow in, values that the models can work
 * with flow out, anything else is an {@link java.io.IOException}.
 */
@NullMarked
package io.foreshard.forecast.saved;

import org.jspecify.annotations.NullMarked;

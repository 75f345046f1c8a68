/**
 * Telemetry kept on disk, for later training of forecasters.
 *
 * <p>Observations flow in from sources through {@link io.foreshard.telemetry.TelemetryListener}; files of comma-separated values flow
 * out, and {@link io.foreshard.telemetry.recorder.TelemetryReader} gives them back as observations or as series. The recorder owns its
 * files in the folder and deletes the oldest beyond a number.
 */
@NullMarked
package io.foreshard.telemetry.recorder;

import org.jspecify.annotations.NullMarked;

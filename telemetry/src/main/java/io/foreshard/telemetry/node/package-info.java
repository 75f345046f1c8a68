/**
 * How busy server nodes are: the scrape of a node_exporter page, queries to Prometheus, this host's own /proc.
 *
 * <p>Answers flow in, each checked and counted; loads flow out through {@link io.foreshard.telemetry.node.NodeTelemetry}. Polls are
 * started by a Netty event executor that is handed in, which they never block; answers are read on the executor of the HTTP client,
 * or on the one handed in for files.
 */
@NullMarked
package io.foreshard.telemetry.node;

import org.jspecify.annotations.NullMarked;

package io.foreshard.telemetry.probe;

import java.net.InetSocketAddress;

/**
 * One path that a probe looks at.
 *
 * @param destination what an engine asks for
 * @param target where the probes go
 * @param window what came of them
 */
record ProbedPath(InetSocketAddress destination, InetSocketAddress target, PathWindow window) {}

package io.foreshard.examples.gateway;

import java.util.List;

/**
 * Where a server is to run.
 *
 * @param prefix of its command, such as one that enters a network namespace; empty for none
 * @param host address to listen at
 * @param port to listen at; 0 for a free one
 */
record Place(List<String> prefix, String host, int port) {}

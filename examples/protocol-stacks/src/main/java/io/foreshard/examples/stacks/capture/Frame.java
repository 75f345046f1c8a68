package io.foreshard.examples.stacks.capture;

import java.nio.ByteBuffer;

/**
 * A captured frame.
 *
 * @param atNanos when, since 1970
 * @param linkType what it begins with, as numbered for captures
 * @param content from position to limit, big-endian
 */
record Frame(long atNanos, int linkType, ByteBuffer content) {}

package io.foreshard.flowsharder.relay;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/** What bytes go through from one socket to another. */
interface Conduit {

    /** What {@link #fill} returns at the end of the source, where that can be told. */
    int END = -1;

    boolean isEmpty();

    /** Takes what the source has; returns how much, 0 if there is nothing or no room, or {@link #END}. */
    int fill(FileDescriptor source) throws IOException;

    /** Gives what the target takes; returns how much. */
    int drain(FileDescriptor target) throws IOException;

    /** Returns whether the last of these calls stopped short, so that the source has nothing more or the target no more room (epoll(7)). */
    boolean isShort();

    void close();
}

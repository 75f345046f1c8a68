package io.foreshard.stackvirt.buffer;

/** Whether the kernel and Netty could take buffers from a ring; asked by name, as Netty's transport for it is optional. */
final class KernelRing {

    private static final String IO_URING = "io.netty.channel.uring.IoUring";

    private KernelRing() {}

    /** Returns why buffers of a pool are not in such a ring. */
    static String missing() {
        try {
            Class<?> transport = Class.forName(IO_URING);
            if (!Boolean.TRUE.equals(transport.getMethod("isAvailable").invoke(null))) {
                return "io_uring is not available here: "
                        + transport.getMethod("unavailabilityCause").invoke(null);
            }
            if (!Boolean.TRUE.equals(
                    transport.getMethod("isRegisterBufferRingSupported").invoke(null))) {
                return "this kernel's io_uring has no buffer rings";
            }
            return "kernel and Netty can; a pool's buffers are not given to a ring yet";
        } catch (ClassNotFoundException | NoClassDefFoundError absent) {
            return "needs Netty's io_uring transport, which is not on the class path";
        } catch (ReflectiveOperationException | LinkageError different) {
            return "Netty's io_uring transport cannot be asked: " + different;
        }
    }
}

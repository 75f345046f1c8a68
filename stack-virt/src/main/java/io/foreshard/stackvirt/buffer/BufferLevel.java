package io.foreshard.stackvirt.buffer;

/** How near memory is to what a kernel or device can use directly, each level with all below it. No level programs a device. */
public enum BufferLevel {
    /** On the heap: copied before a system call. */
    HEAP,
    /** Outside the heap, at an address that does not change. */
    DIRECT,
    /** Begins at a page, so that no other memory shares its pages. */
    PAGE_ALIGNED,
    /** Each page was written to, so that none is fetched at its first use. */
    PREFAULTED,
    /** Cannot be swapped out. */
    LOCKED,
    /** In few large pages, which are never swapped out. */
    HUGEPAGE,
    /** Given to the kernel, which puts what it receives into it. */
    KERNEL_PROVIDED
}

package io.foreshard.stackvirt.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HugePagesTest {

    private static final Path PAGES = Path.of("/proc/sys/vm/nr_hugepages");

    @TempDir
    private Path folder;

    private BufferPool pool(Path pages) {
        return BufferPool.builder(ImmediateEventExecutor.INSTANCE)
                .buffers(600, 4096)
                .hugePages(pages)
                .build();
    }

    @Test
    void aFolderThatHasNoLargePagesIsToldAndDoneWithout() throws IOException {
        LevelReport report = pool(folder).report();
        assertEquals(BufferLevel.PREFAULTED, report.reached());
        assertTrue(report.missing().get(BufferLevel.HUGEPAGE).contains("expected: hugetlbfs"), report::toString);
        LevelReport none = pool(folder.resolve("none")).report();
        assertTrue(none.missing().get(BufferLevel.HUGEPAGE).contains("not a folder"), none::toString);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    /** Sets pages aside for this machine, and puts all back as it was. */
    @Test
    @Tag("live")
    void largePagesAreUsedWhileThereAreEnough() throws IOException, InterruptedException {
        boolean mounted = Files.isWritable(PAGES) && run("mount", "-t", "hugetlbfs", "-o", "pagesize=2M", "none");
        assumeTrue(mounted, "skipped: hugetlbfs cannot be mounted here (expected: root)");
        String before = Files.readString(PAGES).strip();
        try {
            int wanted = Integer.parseInt(before) + 2;
            Files.writeString(PAGES, Integer.toString(wanted));
            assumeTrue(
                    Files.readString(PAGES).strip().equals(Integer.toString(wanted)),
                    "skipped: no large pages to be had (expected: two of 2 MiB)");
            assertUsed();
        } finally {
            boolean unmounted = run("umount", "-l");
            Files.writeString(PAGES, before);
            assertTrue(unmounted);
        }
    }

    private void assertUsed() throws IOException {
        BufferPool pool = pool(folder);
        assertEquals(BufferLevel.HUGEPAGE, pool.report().reached());
        assertEquals(
                Set.of(BufferLevel.KERNEL_PROVIDED), pool.report().missing().keySet());
        BufferAccount account = pool.open("dns", 600);
        for (int i = 0; i < 600; i++) {
            ByteBuf buffer = account.acquire(0);
            assertNotNull(buffer);
            buffer.writeLong(i).writeZero(4080).writeLong(~i);
            assertEquals(~i, buffer.getLong(4088));
            assertTrue(buffer.release());
        }
        LevelReport second = BufferPool.builder(ImmediateEventExecutor.INSTANCE)
                .buffers(64, 1 << 20)
                .hugePages(folder)
                .level(BufferLevel.HUGEPAGE)
                .build()
                .report();
        assertTrue(second.missing().get(BufferLevel.HUGEPAGE).contains("no 32 pages"), second::toString);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    private boolean run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.add(folder.toString());
        Process process = new ProcessBuilder(all).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}

package io.foreshard.stackvirt.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as the kernel writes them. */
class CgroupTest {

    private static final StackResources LIMITS = new StackResources(0.25, 64L << 20, 16, 1 << 20);

    @TempDir
    private Path folder;

    private void file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String text(String path) throws IOException {
        return Files.readString(folder.resolve(path));
    }

    private Cgroup hybrid() throws IOException {
        file("proc/self/mountinfo", """
                23 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
                31 23 0:28 / %1$s/cg rw,relatime - tmpfs tmpfs rw,mode=755
                32 31 0:29 / %1$s/cg/cpu,cpuacct rw,nosuid shared:9 master:2 - cgroup cgroup rw,cpu,cpuacct
                35 31 0:32 /outer %1$s/cg/memory rw - cgroup cgroup rw,memory
                36 31 0:33 / %1$s/cg/pids rw - cgroup cgroup rw,pids
                37 31 0:34 / %1$s/cg/freezer rw - cgroup cgroup rw,freezer
                40 31 0:37 / %1$s/cg/systemd rw - cgroup cgroup rw,xattr,name=systemd
                41 31 0:38 / %1$s/cg/unified rw - cgroup2 cgroup2 rw,nsdelegate
                malformed
                """.formatted(folder));
        file("proc/77/cgroup", """
                9:name=systemd:/fs-a-b-1
                8:pids:/fs-a-b-1
                6:freezer:/fs-a-b-1
                5:devices:/fs-a-b-1
                4:memory:/outer/deep/fs-a-b-1
                1:cpu,cpuacct:/fs-a-b-1
                0::/
                malformed
                """);
        return Cgroup.of(folder.resolve("proc"), 77);
    }

    private Cgroup unified() throws IOException {
        file("proc/self/mountinfo", "41 31 0:38 / %s/cg rw - cgroup2 cgroup2 rw\n".formatted(folder));
        file("proc/77/cgroup", "0::/some.slice/fs-a-b-1\n");
        return Cgroup.of(folder.resolve("proc"), 77);
    }

    @Test
    void groupsAreFoundWhereTheyAreMounted() throws IOException {
        Path cg = folder.resolve("cg");
        Cgroup group = hybrid();
        assertEquals(
                Map.of(
                        "cpu", cg.resolve("cpu,cpuacct/fs-a-b-1"),
                        "cpuacct", cg.resolve("cpu,cpuacct/fs-a-b-1"),
                        "memory", cg.resolve("memory/deep/fs-a-b-1"),
                        "pids", cg.resolve("pids/fs-a-b-1"),
                        "freezer", cg.resolve("freezer/fs-a-b-1"),
                        "name=systemd", cg.resolve("systemd/fs-a-b-1")),
                group.controllers());
        assertEquals(Optional.of(cg.resolve("unified")), group.unified());
        assertEquals(Optional.empty(), group.named("fs-a-b-1").unified());
        assertEquals(group.controllers(), group.named("fs-a-b-1").controllers());
        assertEquals(Set.of(), group.named("fs-a-b-2").folders());
        assertThrows(IOException.class, () -> Cgroup.of(folder.resolve("proc"), 78));
    }

    @Test
    void groupsOfVersionTwoAreOneFolder() throws IOException {
        Cgroup group = unified();
        Path own = folder.resolve("cg/some.slice/fs-a-b-1");
        assertEquals(Set.of(own), group.folders());
        assertEquals(Optional.of(own), group.folder("memory"));
        assertTrue(group.isUnified("memory"));
    }

    @Test
    void usageOfVersionOneIsRead() throws IOException {
        Cgroup group = hybrid();
        file("cg/cpu,cpuacct/fs-a-b-1/cpuacct.usage", "123456789\n");
        file("cg/cpu,cpuacct/fs-a-b-1/cpu.stat", "nr_periods 10\nnr_throttled 3\nthrottled_time 4567\n");
        file("cg/memory/deep/fs-a-b-1/memory.usage_in_bytes", "20480\n");
        file("cg/memory/deep/fs-a-b-1/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        file("cg/pids/fs-a-b-1/pids.current", "7\n");
        assertEquals(new StackUsage(123456789, 4567, 20480, 7, 2), new CgroupUsage(group).read());
    }

    @Test
    void usageOfVersionTwoIsRead() throws IOException {
        Cgroup group = unified();
        String own = "cg/some.slice/fs-a-b-1/";
        file(own + "cpu.stat", "usage_usec 1234\nuser_usec 1000\nsystem_usec 234\nnr_throttled 1\nthrottled_usec 56\n");
        file(own + "memory.current", "4096\n");
        file(own + "memory.events", "low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\noom_group_kill 0\n");
        file(own + "pids.current", "2\n");
        assertEquals(new StackUsage(1_234_000, 56_000, 4096, 2, 1), new CgroupUsage(group).read());
    }

    @Test
    void whatIsNotToldIsUnknown() throws IOException {
        assertEquals(StackUsage.UNKNOWN, new CgroupUsage(unified()).read());
        file("cg/some.slice/fs-a-b-1/memory.current", "not a number");
        assertEquals(StackUsage.UNKNOWN, new CgroupUsage(unified()).read());
    }

    @Test
    void limitsOfVersionOneAreWrittenInTheOrderThatTheKernelTakes() throws IOException {
        Cgroup group = hybrid();
        file("cg/cpu,cpuacct/fs-a-b-1/cpu.cfs_period_us", "");
        file("cg/cpu,cpuacct/fs-a-b-1/cpu.cfs_quota_us", "");
        file("cg/memory/deep/fs-a-b-1/memory.limit_in_bytes", "1000");
        file("cg/memory/deep/fs-a-b-1/memory.memsw.limit_in_bytes", "1000");
        file("cg/pids/fs-a-b-1/pids.max", "");
        CgroupLimits limits = new CgroupLimits(group);
        limits.write(LIMITS);
        assertEquals("100000", text("cg/cpu,cpuacct/fs-a-b-1/cpu.cfs_period_us"));
        assertEquals(25_000, limits.quotaMicros());
        assertEquals(64L << 20, limits.memoryBytes());
        assertEquals(Long.toString(64L << 20), text("cg/memory/deep/fs-a-b-1/memory.memsw.limit_in_bytes"));
        assertEquals(16, limits.processes());
    }

    @Test
    void limitsOfVersionTwoAreWritten() throws IOException {
        Cgroup group = unified();
        String own = "cg/some.slice/fs-a-b-1/";
        for (String name : Set.of("cpu.max", "memory.max", "memory.swap.max", "pids.max")) {
            file(own + name, "max 100000\n");
        }
        CgroupLimits limits = new CgroupLimits(group);
        assertEquals(-1, limits.quotaMicros());
        limits.write(LIMITS);
        assertEquals(25_000, limits.quotaMicros());
        assertEquals("25000 100000", text(own + "cpu.max"));
        assertEquals(64L << 20, limits.memoryBytes());
        assertEquals("0", text(own + "memory.swap.max"));
        assertEquals(16, limits.processes());
    }

    @Test
    void aRefusedLimitIsNamed() throws IOException {
        IOException refused = assertThrows(IOException.class, () -> new CgroupLimits(unified()).write(LIMITS));
        assertTrue(refused.getMessage().startsWith("cpu.max: 25000 100000 ("), refused::getMessage);
    }

    @Test
    void bothFreezersAreWritten() throws IOException {
        file("cg/freezer/fs-a-b-1/freezer.state", "THAWED\n");
        Freezer one = Freezer.of(hybrid()).orElseThrow();
        assertFalse(one.isFrozen());
        assertTrue(one.freeze(0));
        one.thaw();
        assertEquals("THAWED", text("cg/freezer/fs-a-b-1/freezer.state"));

        String own = "cg/some.slice/fs-a-b-1/";
        assertEquals(Optional.empty(), Freezer.of(unified()));
        file(own + "cgroup.freeze", "");
        file(own + "cgroup.events", "populated 1\nfrozen 0\n");
        Freezer two = Freezer.of(unified()).orElseThrow();
        assertFalse(two.freeze(100_000));
        assertEquals("1", text(own + "cgroup.freeze"));
        file(own + "cgroup.events", "populated 1\nfrozen 1\n");
        assertTrue(two.isFrozen());
        two.thaw();
        assertEquals("0", text(own + "cgroup.freeze"));
    }
}

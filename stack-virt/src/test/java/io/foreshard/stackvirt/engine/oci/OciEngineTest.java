package io.foreshard.stackvirt.engine.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.engine.text.ReplyCodeProtocol;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that is a script of a few lines: what is made of its answers. Real ones run the contract. */
class OciEngineTest {

    private static final StackId ID = new StackId("unit", "kind", 1);

    @TempDir
    private Path folder;

    private OciEngine engine(String... script) throws IOException {
        Path program = folder.resolve("runtime.sh");
        Files.writeString(program, "#!/bin/sh\n" + String.join("\n", script) + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return engine(new OciRuntime("script", List.of(program.toString())), Runnable::run);
    }

    private OciEngine engine(OciRuntime runtime, Executor executor) throws IOException {
        return OciEngine.builder(runtime, folder.resolve("state"), executor)
                .timeout(Duration.ofMillis(500))
                .build();
    }

    private StackSpec spec() {
        return spec(new StackSource.FileSystem(folder, List.of("/bin/it", "a\"b")), "/run/stack/it.sock");
    }

    private static StackSpec spec(StackSource source, String endpoint) {
        StackResources resources = new StackResources(0.25, 64L << 20, 9, 1 << 20);
        return new StackSpec("kind", source, endpoint, resources, HealthCheck.DEFAULT, 1, Map.of("NAME", "two\nlines"));
    }

    private static StackException failure(CompletionStage<?> stage) {
        CompletionException fault = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join());
        return assertInstanceOf(StackException.class, fault.getCause());
    }

    private static void assertFails(StackFailure expected, String saying, CompletionStage<?> stage) {
        StackException fault = failure(stage);
        assertEquals(expected, fault.failure(), fault::toString);
        assertTrue(String.valueOf(fault.getMessage()).contains(saying), fault::toString);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void aRuntimeThatIsNotThereIsMissing() throws IOException {
        OciEngine engine = engine(new OciRuntime("none", List.of("/no/such/program")), Runnable::run);
        assertFails(StackFailure.ENGINE_MISSING, "/no/such/program", engine.probe());
        assertFails(StackFailure.ENGINE_MISSING, "/no/such/program", engine.create(ID, spec()));
        OciEngine wrapped = engine(new OciRuntime("none", List.of("sh", "-c", "exec no-such-program")), Runnable::run);
        assertFails(StackFailure.ENGINE_MISSING, "no-such-program", wrapped.probe());
    }

    @Test
    void whatAFailingRuntimeSaysIsTold() throws IOException {
        assertFails(
                StackFailure.ENGINE_FAILED,
                "it is broken",
                engine("echo it is broken >&2; exit 1").create(ID, spec()));
        done(engine("exit 1").destroy(ID));
        assertFails(
                StackFailure.LIMIT_REFUSED,
                "memory.limit_in_bytes",
                engine("echo 'write /sys/fs/cgroup/memory/x/memory.limit_in_bytes: invalid argument'; exit 1")
                        .create(ID, spec()));
        done(engine("exit 1").destroy(ID));
        assertFails(
                StackFailure.FORK_FAILED,
                "fork/exec",
                engine("echo 'fork/exec /proc/self/exe: resource temporarily unavailable'; exit 1")
                        .create(ID, spec()));
    }

    @Test
    void aSilentRuntimeIsEnded() throws IOException {
        OciEngine engine = engine("echo $$ > " + folder.resolve("number"), "exec sleep 60");
        assertFails(StackFailure.ENGINE_SILENT, "500 ms", engine.create(ID, spec()));
        long number = Long.parseLong(Files.readString(folder.resolve("number")).strip());
        ProcessHandle.of(number).ifPresent(process -> process.onExit().join());
        assertFalse(ProcessHandle.of(number).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void aRuntimeThatStartsNothingIsNotBelieved() throws IOException {
        assertFails(StackFailure.ENGINE_FAILED, "pid", engine("exit 0").create(ID, spec()));
        assertFails(StackFailure.ENGINE_FAILED, "not created", engine("exit 0").usage(ID));
    }

    @Test
    void restsOfWhatFailedAreFoundAndRemoved() throws IOException {
        OciEngine engine = engine("exit 1");
        failure(engine.create(ID, spec()));
        StackId other = new StackId("other", "kind", 1);
        failure(engine.create(other, spec()));
        Path rest = Files.createDirectories(folder.resolve("state/runtime/fs-unit-kind-2_sandbox"));
        assertEquals(
                List.of(
                        new FoundStack(ID, Readiness.ABSENT, spec().fingerprint(), -1),
                        new FoundStack(new StackId("unit", "kind", 2), Readiness.ABSENT, "", -1)),
                done(engine.find("unit")));
        done(engine.find("unit")).forEach(found -> done(engine.destroy(found.id())));
        assertEquals(List.of(), done(engine.find("unit")));
        assertFalse(Files.exists(rest));
        assertEquals(
                List.of(new FoundStack(other, Readiness.ABSENT, spec().fingerprint(), -1)), done(engine.find("other")));
    }

    @Test
    void sourcesAndPathsAreCheckedBeforeAnythingIsMade() throws IOException {
        OciEngine engine = engine("exit 1");
        StackSource.FileSystem missing = new StackSource.FileSystem(folder.resolve("none"), List.of("/x"));
        assertFails(StackFailure.ENGINE_FAILED, "root: ", engine.create(ID, spec(missing, "/run/x")));
        assertFails(
                StackFailure.UNSUPPORTED,
                "source: ",
                engine.create(ID, spec(new StackSource.InProcess("x"), "/run/x")));
        assertFails(
                StackFailure.ENGINE_FAILED,
                "at most 107 bytes",
                engine.create(ID, spec(new StackSource.FileSystem(folder, List.of("/x")), "/run/" + "x".repeat(59))));
        assertEquals(List.of(), done(engine.find("unit")));
        assertFalse(engine.runs(new StackSource.Image("x", List.of())));
        assertTrue(engine.runs(missing));
    }

    @Test
    void theBundleGivesAStackNothingThatItDoesNotNeed() throws IOException {
        failure(engine("exit 1").create(ID, spec()));
        Path bundle = folder.resolve("state/fs-unit-kind-1");
        String text = Files.readString(bundle.resolve("config.json")).replaceAll("\\s+", " ");
        for (String part : List.of(
                "\"readonly\": true",
                "\"noNewPrivileges\": true",
                "\"bounding\": [ ]",
                "\"uid\": 65534",
                "\"limit\": 67108864, \"swap\": 67108864",
                "\"quota\": 25000, \"period\": 100000",
                "\"pids\": { \"limit\": 9 }",
                "\"type\": \"network\"",
                "\"NAME=two\\u000alines\"",
                "\"FORESHARD_ENDPOINT=/run/stack/it.sock\"",
                "\"args\": [ \"/bin/it\", \"a\\\"b\" ]",
                "\"destination\": \"/run/stack\", \"type\": \"bind\", \"source\": \"" + bundle.resolve("s") + "\"")) {
            assertTrue(text.contains(part), () -> part + " not in " + text);
        }
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            assertTrue(files.allMatch(OciEngineTest::isPrivate));
        }
    }

    @Test
    void aStackIsPutIntoTheNetworkOfItsSpecAndIntoNoneThatIsNotThere() throws IOException {
        OciEngine engine = engine("exit 1");
        failure(engine.create(ID, spec().inNetwork(Path.of("/proc/self/ns/net"))));
        String text = Files.readString(folder.resolve("state/fs-unit-kind-1/config.json"))
                .replaceAll("\\s+", " ");
        assertTrue(text.contains("{ \"type\": \"network\", \"path\": \"/proc/self/ns/net\" }"), text);
        done(engine.destroy(ID));
        for (String wrong : List.of("/no/such/namespace", folder.toString())) {
            assertFails(
                    StackFailure.ENGINE_FAILED,
                    "networkNamespace: " + wrong,
                    engine.create(ID, spec().inNetwork(Path.of(wrong))));
        }
        assertEquals(List.of(), done(engine.find("unit")));
        assertThrows(IllegalArgumentException.class, () -> spec().inNetwork(Path.of("relative")));
        assertNotEquals(
                spec().fingerprint(),
                spec().inNetwork(Path.of("/proc/self/ns/net")).fingerprint());
    }

    @Test
    void aProtocolThatTheEngineDoesNotKnowIsRefusedBeforeAnythingIsMade() throws IOException {
        assertFails(
                StackFailure.UNSUPPORTED,
                "protocol: bird (expected: one of [frames])",
                engine("exit 1").create(ID, spec().speaking("bird")));
        assertFalse(Files.exists(folder.resolve("state/fs-unit-kind-1")));
        assertNotEquals(spec().fingerprint(), spec().speaking("bird").fingerprint());
        assertThrows(IllegalArgumentException.class, () -> spec().speaking("Bird!"));
        OciEngineBuilder builder =
                OciEngine.builder(OciRuntime.runc(), folder, Runnable::run).protocol(ReplyCodeProtocol.bird());
        assertThrows(IllegalArgumentException.class, () -> builder.protocol(ReplyCodeProtocol.bird()));
    }

    @Test
    void aStackThatIsToConnectIsToldSoAndMakesNoFiles() throws IOException {
        failure(engine(new OciRuntime("dials", List.of("/no/such/program"), Dialing.STACK), Runnable::run)
                .create(ID, spec()));
        Path bundle = folder.resolve("state/fs-unit-kind-1");
        String text = Files.readString(bundle.resolve("config.json")).replaceAll("\\s+", " ");
        assertTrue(text.contains("\"FORESHARD_DIAL=/run/stack/it.sock\""), text);
        assertFalse(text.contains("FORESHARD_ENDPOINT"), text);
        assertTrue(text.contains("\"source\": \"" + bundle.resolve("s") + "\", \"options\": [ \"bind\", \"ro\""), text);
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle.resolve("s"))));
    }

    private static boolean isPrivate(Path file) {
        try {
            return Files.isRegularFile(file)
                    || PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                            .endsWith("------");
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    @Test
    void anExecutorThatRefusesIsAFailureLikeOthers() throws IOException {
        OciEngine engine = engine(OciRuntime.runc(), task -> {
            throw new RejectedExecutionException("full");
        });
        assertFails(StackFailure.ENGINE_FAILED, "full", engine.create(ID, spec()));
        assertFails(StackFailure.ENGINE_FAILED, "full", engine.find("unit"));
    }

    @Test
    void settingsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new OciRuntime("Name", List.of("x")));
        assertThrows(IllegalArgumentException.class, () -> new OciRuntime("name", List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> OciEngine.builder(OciRuntime.runc(), Path.of("relative"), Runnable::run));
        OciEngineBuilder builder = OciEngine.builder(OciRuntime.runc(), folder, Runnable::run);
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.largestMessage(0));
        assertThrows(IllegalArgumentException.class, () -> builder.longestLog(1));
        assertThrows(IllegalArgumentException.class, () -> builder.user(-1, 0));
        assertEquals(
                List.of("runc", "--debug"), OciRuntime.runc().with("--debug").command());
        assertEquals(Dialing.STACK, OciRuntime.gvisor().with("--debug").dialing());
        assertEquals(Dialing.ENGINE, OciRuntime.runc().dialing());
    }
}

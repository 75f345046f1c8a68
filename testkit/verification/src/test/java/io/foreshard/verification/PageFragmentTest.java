package io.foreshard.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pieces of Java that pages show, which are no programs, compile with what the reader has already. Programs run elsewhere. */
@Tag("build")
class PageFragmentTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** A piece: the page, which of its pieces it is, the packages it names, and what the reader has. */
    private enum Fragment {
        ADDRESSES("address-sharding", 0, "addrsharding.{allocation,engine,journal,prefix,route,router}", ""),
        ADDRESSES_POLICY("address-sharding", 1, "addrsharding.spi", ""),
        SHAPER(
                "flow-shaper",
                0,
                "flowshaper flowshaper.spi coreapi telemetry telemetry.probe",
                "EventLoopGroup group, TelemetryAgent agent, ChannelPipeline pipeline"),
        SHAPER_CALCULATOR("flow-shaper", 1, "flowshaper.spi", ""),
        SHAPER_WATCH(
                "flow-shaper",
                2,
                "flowshaper.control flowshaper.spi coreapi",
                "long nowNanos, PathSample pathSample, NodeLoad nodeLoad, long arrivedBytes, long releasedBytes,"
                        + " long backlogBytes, double rate, DelayCalculator calculator"),
        SHARDER_POLICY("flow-sharder", 1, "flowsharder.spi", ""),
        STACKS("stack-virtualization", 0, "stackvirt.{engine.inprocess,mux,spi,virtualizer}", ""),
        STACKS_PROTOCOL("stack-virtualization", 1, "stackvirt.{engine.oci,engine.text,spi}", "Executor executor"),
        STACKS_POLICY("stack-virtualization", 2, "stackvirt.{scaling,spi}", ""),
        TELEMETRY_LOADS("telemetry", 0, "telemetry telemetry.node coreapi", "Executor executor, EventLoop eventLoop"),
        TELEMETRY_PROBE(
                "telemetry", 1, "telemetry telemetry.probe coreapi", "EventLoopGroup group, InetSocketAddress server"),
        TELEMETRY_AGENT(
                "telemetry",
                2,
                "telemetry telemetry.probe coreapi transport",
                "EventLoopGroup group, InetSocketAddress server, TransportConfigBuilder config");

        private final String page;
        private final int index;
        private final String packages;
        private final String given;

        Fragment(String page, int index, String packages, String given) {
            this.page = page;
            this.index = index;
            this.packages = packages;
            this.given = given;
        }

        String source() throws IOException {
            return imports() + "final class Fragment {\n    static void of(" + given + ") throws Exception {\n"
                    + blocks(page).get(index).replace("…", "{}") + "    }\n}\n";
        }

        private String imports() {
            Stream<String> ours = Arrays.stream(packages.split(" ", -1)).flatMap(Fragment::expanded);
            Stream<String> others = Stream.of(
                    "java.net.*",
                    "java.net.http.*",
                    "java.nio.charset.*",
                    "java.nio.file.*",
                    "java.time.*",
                    "java.util.*",
                    "java.util.concurrent.*",
                    "io.netty.buffer.Unpooled",
                    "io.netty.channel.*",
                    "io.netty.channel.nio.*",
                    "io.netty.util.concurrent.DefaultEventExecutor",
                    "io.netty.util.concurrent.Future");
            return Stream.concat(ours, others)
                    .map(each -> "import " + each + ";\n")
                    .collect(Collectors.joining());
        }

        private static Stream<String> expanded(String packages) {
            int brace = packages.indexOf('{');
            Stream<String> names = brace < 0
                    ? Stream.of(packages)
                    : Arrays.stream(packages.substring(brace + 1, packages.length() - 1)
                                    .split(",", -1))
                            .map(each -> packages.substring(0, brace) + each);
            return names.map(each -> "io.foreshard." + each + ".*");
        }
    }

    @TempDir
    Path folder;

    private static List<String> blocks(String page) throws IOException {
        Path file = SourceTree.here().root().resolve("docs").resolve(page + ".md");
        return BLOCK.matcher(Files.readString(file))
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void compiles(Fragment fragment) throws IOException {
        String classPath =
                PublishedModule.classPath().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path source = Files.writeString(folder.resolve("Fragment.java"), fragment.source());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, said, said, "-d", folder.toString(), "-cp", classPath, source.toString());
        assertEquals(0, failed, () -> said.toString(StandardCharsets.UTF_8) + fragment);
    }

    @Test
    void noPieceIsForgotten() throws IOException {
        Map<String, List<Integer>> known = Arrays.stream(Fragment.values())
                .collect(Collectors.groupingBy(
                        each -> each.page, Collectors.mapping(each -> each.index, Collectors.toList())));
        try (Stream<Path> pages = Files.list(SourceTree.here().root().resolve("docs"))) {
            for (Path file :
                    pages.filter(each -> each.toString().endsWith(".md")).toList()) {
                String page = file.getFileName().toString().replace(".md", "");
                List<String> blocks = blocks(page);
                for (int i = 0; i < blocks.size(); i++) {
                    boolean isProgram = blocks.get(i).contains("public static void main");
                    assertTrue(
                            isProgram || known.getOrDefault(page, List.of()).contains(i),
                            "docs/" + page + ".md: piece " + i + " is not compiled");
                }
            }
        }
    }
}

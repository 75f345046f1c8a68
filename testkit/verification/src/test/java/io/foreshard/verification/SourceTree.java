package io.foreshard.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The build files around this module.
 *
 * @param root the folder of the whole build
 */
record SourceTree(Path root) {

    private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(foreshard-.+)</artifactId>");
    private static final String UNPUBLISHED = "<maven.deploy.skip>true</maven.deploy.skip>";

    /** Returns the tree that this module is in; a test runs in its module's folder. */
    static SourceTree here() {
        return new SourceTree(Path.of("").toAbsolutePath().getParent().getParent());
    }

    /** Returns the artifacts that the bill of materials lists. */
    Set<String> listedInBom() {
        Set<String> artifacts = new TreeSet<>(matches(ARTIFACT, root.resolve("bom/pom.xml")));
        artifacts.removeAll(Set.of("foreshard-parent", "foreshard-bom"));
        return artifacts;
    }

    /** Returns the artifacts of the build's modules that are published. */
    Set<String> published() {
        return artifacts(folder -> true);
    }

    /** Returns the names of the Java modules that are published. */
    Set<String> publishedModules() {
        return artifacts(folder -> Files.isDirectory(folder.resolve("src/main/java"))).stream()
                .map(artifact ->
                        "io.foreshard." + artifact.replace("foreshard-", "").replace("-", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> artifacts(Predicate<Path> wanted) {
        return matches(MODULE, root.resolve("pom.xml")).stream()
                .map(root::resolve)
                .filter(folder -> !folder.endsWith("bom"))
                .filter(wanted)
                .map(folder -> folder.resolve("pom.xml"))
                .filter(pom -> !text(pom).contains(UNPUBLISHED))
                .map(pom -> ownArtifact(matches(ARTIFACT, pom)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first artifact of a build file is its parent. */
    private static String ownArtifact(List<String> artifacts) {
        return artifacts.get(1);
    }

    private static List<String> matches(Pattern pattern, Path file) {
        return pattern.matcher(text(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

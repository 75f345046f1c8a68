package io.foreshard.examples.harness;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;

/** Where the classes of a program are, for processes that it starts. Stateless. */
final class ClassPath {

    private ClassPath() {}

    /** Returns all places, which may be more than the class needs; Maven runs programs with a class loader of its own. */
    static String of(Class<?> program) throws IOException {
        Set<String> places = new LinkedHashSet<>();
        if (program.getClassLoader() instanceof URLClassLoader loader) {
            for (URL place : loader.getURLs()) {
                places.add(file(place));
            }
        }
        places.add(System.getProperty("java.class.path"));
        places.add(System.getProperty("jdk.module.path", ""));
        StringJoiner joined = new StringJoiner(File.pathSeparator);
        places.stream().filter(place -> !place.isEmpty()).forEach(joined::add);
        return joined.toString();
    }

    private static String file(URL place) throws IOException {
        try {
            return new File(place.toURI()).getPath();
        } catch (URISyntaxException | IllegalArgumentException notAFile) {
            throw new IOException("cannot tell where the classes are: " + place, notAFile);
        }
    }
}

package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A kind of protocol stack. All stacks of a kind are alike.
 *
 * @param name of the kind: small letters, digits and dashes, begins with a letter, at most 32
 * @param source what it is made of
 * @param endpoint where it listens, as an absolute path of a unix socket inside of it; ignored by an engine that runs it in this process
 * @param resources what one may use
 * @param health how it is watched
 * @param maxInFlight how many messages one may have that are not answered yet
 * @param parameters handed to each stack as environment variables, or as they are in this process
 */
public record StackSpec(
        String name,
        StackSource source,
        String endpoint,
        StackResources resources,
        HealthCheck health,
        int maxInFlight,
        Map<String, String> parameters) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    /** What the address of a unix socket holds, less the folders in front of it. */
    private static final int LONGEST_ENDPOINT = 64;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range or no name
     */
    public StackSpec {
        Checks.require(NAME.matcher(name).matches(), "name", name, NAME.pattern());
        Checks.require(
                endpoint.startsWith("/") && endpoint.length() <= LONGEST_ENDPOINT && !endpoint.contains(".."),
                "endpoint",
                endpoint,
                "an absolute path, at most " + LONGEST_ENDPOINT + " characters");
        Checks.inRange("maxInFlight", maxInFlight, 1, 1 << 20);
        parameters = Map.copyOf(parameters);
        parameters
                .keySet()
                .forEach(key -> Checks.require(
                        PARAMETER.matcher(key).matches(),
                        "parameters",
                        key,
                        "names of the form " + PARAMETER.pattern()));
    }

    /**
     * Returns what tells stacks of this spec from those of another, across processes: equal specs have equal ones. Resources and health checks do
     * not count, as they can change while a stack runs.
     *
     * @return 16 hexadecimal digits
     */
    public String fingerprint() {
        String text = name + '\n' + source + '\n' + endpoint + '\n' + new TreeMap<>(parameters);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the same kind with other resources.
     *
     * @param changed what one may use
     */
    public StackSpec with(StackResources changed) {
        return new StackSpec(name, source, endpoint, changed, health, maxInFlight, parameters);
    }
}

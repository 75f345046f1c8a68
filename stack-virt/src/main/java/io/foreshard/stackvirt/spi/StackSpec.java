package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A kind of protocol stack. All stacks of a kind are alike.
 *
 * @param name of the kind: small letters, digits and dashes, begins with a letter, at most 32
 * @param source what it is made of
 * @param endpoint where it listens, as an absolute path of a unix socket inside of it; ignored by an engine that runs it in this process
 * @param protocol what it speaks there, by the name of a {@link StackProtocol} that the engine knows; ignored by one that runs it in this process
 * @param networkNamespace the network that it is put into, as the absolute path of a network namespace of this machine such as
 *     {@code /run/netns/a}; an empty one of its own if there is none. All stacks of the kind share it
 * @param resources what one may use
 * @param health how it is watched
 * @param maxInFlight how many messages one may have that are not answered yet
 * @param parameters handed to each stack as environment variables, or as they are in this process
 */
public record StackSpec(
        String name,
        StackSource source,
        String endpoint,
        String protocol,
        Optional<Path> networkNamespace,
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
        Checks.require(NAME.matcher(protocol).matches(), "protocol", protocol, NAME.pattern());
        networkNamespace.ifPresent(
                path -> Checks.require(path.isAbsolute(), "networkNamespace", path, "an absolute path"));
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
     * Makes the spec of a kind that speaks the module's own frames and has no network.
     *
     * @param name of the kind
     * @param source what it is made of
     * @param endpoint where it listens
     * @param resources what one may use
     * @param health how it is watched
     * @param maxInFlight how many messages one may have that are not answered yet
     * @param parameters handed to each stack
     * @throws IllegalArgumentException if one is out of range or no name
     */
    public StackSpec(
            String name,
            StackSource source,
            String endpoint,
            StackResources resources,
            HealthCheck health,
            int maxInFlight,
            Map<String, String> parameters) {
        this(
                name,
                source,
                endpoint,
                StackProtocol.FRAMES,
                Optional.empty(),
                resources,
                health,
                maxInFlight,
                parameters);
    }

    /**
     * Returns what tells stacks of this spec from those of another, across processes: equal specs have equal ones. Resources and health checks do
     * not count, as they can change while a stack runs.
     *
     * @return 16 hexadecimal digits
     */
    public String fingerprint() {
        String text = name
                + '\n'
                + source
                + '\n'
                + endpoint
                + '\n'
                + protocol
                + '\n'
                + networkNamespace
                + '\n'
                + new TreeMap<>(parameters);
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
        return new StackSpec(
                name, source, endpoint, protocol, networkNamespace, changed, health, maxInFlight, parameters);
    }

    /**
     * Returns the same kind with another protocol.
     *
     * @param spoken the name of a {@link StackProtocol}
     */
    public StackSpec speaking(String spoken) {
        return new StackSpec(
                name, source, endpoint, spoken, networkNamespace, resources, health, maxInFlight, parameters);
    }

    /**
     * Returns the same kind in a network.
     *
     * @param namespace the absolute path of a network namespace
     */
    public StackSpec inNetwork(Path namespace) {
        return new StackSpec(
                name, source, endpoint, protocol, Optional.of(namespace), resources, health, maxInFlight, parameters);
    }
}

package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A route that a router says it sends.
 *
 * @param prefix the range
 * @param marks communities and large communities as text with colons; empty where the router does not tell
 * @param med multi-exit discriminator, if there is one
 */
public record SentRoute(Prefix prefix, Optional<Set<String>> marks, OptionalLong med) {

    /** Copies the marks. */
    public SentRoute {
        marks = marks.map(Set::copyOf);
    }
}

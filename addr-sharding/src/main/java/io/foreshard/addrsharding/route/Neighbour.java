package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.runtime.Checks;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A router that another one tells its routes, by BGP (RFC 4271). Nothing is accepted of it but what a rule names (RFC 8212). Immutable.
 *
 * @param name a letter, then letters, digits, {@code _} and {@code -}, 32 characters at most: it stands in files of routers
 * @param address where it is
 * @param remoteAs its autonomous system
 * @param families of which families routes are exchanged
 * @param maxPrefixes how many routes of a family it may send before the session is closed, 1…1 000 000
 * @param peerMaxPrefixes how many routes of a family it takes of us before it closes the session, 1…1 000 000: a plan has no more
 * @param timers of the session
 * @param imports what is accepted of it, the first rule that fits counts; 64 at most
 */
public record Neighbour(
        String name,
        Prefix address,
        long remoteAs,
        Set<AddressFamily> families,
        int maxPrefixes,
        int peerMaxPrefixes,
        SessionTimers timers,
        List<ImportRule> imports) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");
    private static final int MOST_PREFIXES = 1_000_000;
    private static final int MOST_IMPORTS = 64;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the address is none that a neighbour can have
     */
    public Neighbour {
        Checks.require(NAME.matcher(name).matches(), "neighbour.name", Printable.of(name), NAME.pattern());
        Checks.require(isUsable(address), "neighbour.address", address, "a single address of one host, not link-local");
        AutonomousSystems.check("neighbour.remoteAs", remoteAs);
        Checks.require(!families.isEmpty(), "neighbour.families", families, "at least one");
        Checks.inRange("neighbour.maxPrefixes", maxPrefixes, 1, MOST_PREFIXES);
        Checks.inRange("neighbour.peerMaxPrefixes", peerMaxPrefixes, 1, MOST_PREFIXES);
        Checks.inRange("neighbour.imports", imports.size(), 0, MOST_IMPORTS);
        families = Set.copyOf(EnumSet.copyOf(families));
        imports = List.copyOf(imports);
        for (ImportRule rule : imports) {
            AddressFamily family = rule.range().prefix().family();
            Checks.require(
                    families.contains(family), "neighbour.imports", rule.range().prefix(), "a family of " + families);
        }
    }

    /**
     * Returns a neighbour with usual timers that nothing is accepted of, for routes of the family of its address, of which it takes any
     * number.
     *
     * @param name stands in files of routers
     * @param address where it is
     * @param remoteAs its autonomous system
     */
    public static Neighbour of(String name, Prefix address, long remoteAs) {
        Set<AddressFamily> families = Set.of(address.family());
        return new Neighbour(name, address, remoteAs, families, 1000, MOST_PREFIXES, SessionTimers.USUAL, List.of());
    }

    /**
     * Returns the same with other timers.
     *
     * @param other replace these
     */
    public Neighbour withTimers(SessionTimers other) {
        return new Neighbour(name, address, remoteAs, families, maxPrefixes, peerMaxPrefixes, other, imports);
    }

    /**
     * Returns the same with another bound on what it may send.
     *
     * @param other 1…1 000 000; twice of what is expected is usual
     */
    public Neighbour withMaxPrefixes(int other) {
        return new Neighbour(name, address, remoteAs, families, other, peerMaxPrefixes, timers, imports);
    }

    /**
     * Returns the same with another bound on what it takes of us.
     *
     * @param other 1…1 000 000, as is configured there
     */
    public Neighbour withPeerMaxPrefixes(int other) {
        return new Neighbour(name, address, remoteAs, families, maxPrefixes, other, timers, imports);
    }

    /**
     * Returns the same with other rules of what is accepted.
     *
     * @param other the first that fits counts
     */
    public Neighbour accepting(ImportRule... other) {
        return new Neighbour(name, address, remoteAs, families, maxPrefixes, peerMaxPrefixes, timers, List.of(other));
    }

    /**
     * Returns the same for other families.
     *
     * @param other at least one
     */
    public Neighbour withFamilies(Set<AddressFamily> other) {
        return new Neighbour(name, address, remoteAs, other, maxPrefixes, peerMaxPrefixes, timers, imports);
    }

    private static boolean isUsable(Prefix address) {
        if (!address.isAddress()) {
            return false;
        }
        var host = address.address();
        return !host.isAnyLocalAddress()
                && !host.isMulticastAddress()
                && !host.isLinkLocalAddress()
                && !host.isLoopbackAddress();
    }
}

package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The fewest prefixes that cover the same addresses, for one next hop: drop what is covered, merge siblings. */
final class RouteAggregation {

    private RouteAggregation() {}

    /** Returns them in order. Each prefix is pushed once, and each merge pops one: linear after sorting. */
    static List<Prefix> minimal(Collection<Prefix> prefixes) {
        Deque<Prefix> minimal = new ArrayDeque<>();
        for (Prefix next : prefixes.stream().sorted().toList()) {
            if (minimal.isEmpty() || !minimal.getLast().contains(next)) {
                Prefix merged = next;
                while (!minimal.isEmpty() && isSibling(minimal.getLast(), merged)) {
                    minimal.removeLast();
                    merged = merged.parent();
                }
                minimal.addLast(merged);
            }
        }
        return List.copyOf(minimal);
    }

    private static boolean isSibling(Prefix one, Prefix other) {
        return one.length() == other.length()
                && one.length() > 0
                && one.sibling().equals(other);
    }
}

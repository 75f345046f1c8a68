package io.foreshard.verification;

import java.util.Map;
import java.util.Set;

/**
 * Which module may depend on which.
 *
 * @param root the package above the modules' own
 */
record Layout(String root) {

    static final Layout FORESHARD = new Layout("io.foreshard");

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("coreapi", Set.of()),
            Map.entry("runtime", Set.of("coreapi")),
            Map.entry("forecast", Set.of("coreapi", "runtime")),
            Map.entry("telemetry", Set.of("coreapi", "runtime")),
            Map.entry("shardcodec", Set.of("coreapi", "runtime")),
            Map.entry("reassembler", Set.of("coreapi", "runtime", "shardcodec")),
            Map.entry("transport", Set.of("coreapi", "runtime", "shardcodec", "reassembler")),
            Map.entry("flowshaper", Set.of("coreapi", "runtime")),
            Map.entry("flowsharder", Set.of("coreapi", "runtime", "transport")),
            Map.entry("addrsharding", Set.of("coreapi", "runtime")),
            Map.entry("stackvirt", Set.of("coreapi", "runtime")),
            Map.entry("simulator", Set.of()),
            Map.entry(
                    "tck",
                    Set.of(
                            "coreapi",
                            "shardcodec",
                            "reassembler",
                            "transport",
                            "flowshaper",
                            "flowsharder",
                            "addrsharding",
                            "stackvirt")));

    boolean covers(String packageName) {
        return packageName.startsWith(root + ".");
    }

    String moduleOf(String packageName) {
        String below = packageName.substring(root.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    boolean knows(String module) {
        return MAY_USE.containsKey(module);
    }

    boolean mayUse(String module, String other) {
        return module.equals(other) || MAY_USE.getOrDefault(module, Set.of()).contains(other);
    }
}

package io.foreshard.addrsharding.router;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration of FRR, as blocks of lines: what stands at the start of a line begins a block, what is indented belongs to it. Reads what
 * a router says it runs as well as what we write.
 */
final class FrrRunning {

    private static final Pattern NETWORK = Pattern.compile("network (\\S+) route-map (FS-[0-9a-f]+)");
    private static final Pattern OURS = Pattern.compile(
            "(ip prefix-list|ipv6 prefix-list|bgp as-path access-list|bgp large-community-list standard|route-map) FS-.*"
                    + "|bgp route-map delay-timer .*");
    private static final String UNICAST = " unicast ";

    private final Map<String, Set<String>> blocks = new LinkedHashMap<>();

    FrrRunning(String text) {
        Set<String> block = new LinkedHashSet<>();
        String family = "";
        for (String line : text.split("\n", -1)) {
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("!") || content.equals("exit")) {
                continue;
            }
            if (line.charAt(0) != ' ') {
                block = blocks.computeIfAbsent(content, header -> new LinkedHashSet<>());
                family = "";
            } else if (content.startsWith("address-family ")) {
                family = content + " ";
            } else if (content.equals("exit-address-family")) {
                family = "";
            } else {
                block.add(family + content);
            }
        }
    }

    /** The marks that each announced prefix gets, as far as a route map of ours gives them. */
    Map<String, Set<String>> marks() {
        Map<String, Set<String>> marks = new HashMap<>();
        blocks.forEach((header, lines) -> {
            if (header.startsWith("router bgp ")) {
                for (String line : lines) {
                    Matcher network = NETWORK.matcher(afterFamily(line));
                    if (network.matches()) {
                        marks.put(network.group(1), given(network.group(2)));
                    }
                }
            }
        });
        return marks;
    }

    private Set<String> given(String map) {
        Set<String> given = new LinkedHashSet<>();
        for (String line : blocks.getOrDefault("route-map " + map + " permit 10", Set.of())) {
            for (String verb : List.of("set community ", "set large-community ")) {
                if (line.startsWith(verb)) {
                    given.addAll(List.of(line.substring(verb.length()).split(" ", -1)));
                }
            }
        }
        return given;
    }

    boolean hasBlock(String header) {
        return blocks.containsKey(header);
    }

    /**
     * Returns the commands that turn what a router has into what is wanted, as far as it is ours: objects whose names say so, the router
     * itself, all networks that it announces, and neighbours with an inbound policy of ours. Policies come first; a line that another one
     * replaces is not taken away, as that would take the new one away too.
     *
     * @param wanted what is to be
     * @param router the header of the block of the router
     */
    String changesTo(FrrRunning wanted, String router) {
        FrrCommands commands = new FrrCommands();
        Set<String> kept = new HashSet<>();
        wanted.blocks.keySet().forEach(header -> kept.add(FrrCommands.key(header)));
        wanted.blocks.forEach((header, lines) -> {
            boolean isOurs = OURS.matcher(header).matches();
            Set<String> here = blocks.get(header);
            if (isOurs && (here == null || !here.equals(lines))) {
                commands.block(header, here == null ? Set.of() : here, lines);
            }
        });
        Set<String> there = wanted.blocks.get(router);
        if (there != null) {
            commands.router(router, blocks.getOrDefault(router, Set.of()), there);
        }
        blocks.keySet().stream()
                .filter(header -> header.contains(" FS-")
                        && OURS.matcher(header).matches()
                        && !kept.contains(FrrCommands.key(header)))
                .forEach(commands::remove);
        return commands.toString();
    }

    static String afterFamily(String line) {
        return line.substring(family(line).length());
    }

    /** What stands before a line within an address family: the words that enter it and a space. */
    static String family(String line) {
        int end = line.indexOf(UNICAST);
        return line.startsWith("address-family ") && end >= 0 ? line.substring(0, end + UNICAST.length()) : "";
    }
}

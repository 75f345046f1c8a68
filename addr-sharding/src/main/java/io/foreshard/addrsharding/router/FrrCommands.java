package io.foreshard.addrsharding.router;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands for FRR that turn blocks of lines into others, in the order in which they are added. */
final class FrrCommands {

    private static final Pattern OUR_NEIGHBOUR =
            Pattern.compile("address-family .* neighbor (\\S+) route-map FS-IN-\\S+ in");

    private final StringBuilder text = new StringBuilder();

    /** What a line sets: of two lines with the same key, the later replaces the earlier. */
    static String key(String line) {
        int permit = line.indexOf(" permit ");
        if (permit >= 0 && !line.startsWith("route-map ")) {
            return line.substring(0, permit);
        }
        String rest = FrrRunning.afterFamily(line);
        boolean hasTwoWords = rest.startsWith("set ") || rest.startsWith("match ") || rest.startsWith("network ");
        int end = hasTwoWords ? rest.indexOf(' ', rest.indexOf(' ') + 1) : -1;
        return end < 0 ? line : line.substring(0, line.length() - rest.length() + end);
    }

    /** A line or a block that does not nest. */
    void block(String header, Set<String> here, Set<String> there) {
        add(header);
        Set<String> kept = keys(there);
        here.stream().filter(line -> !kept.contains(key(line))).forEach(line -> add(" no " + line));
        there.stream().filter(line -> !here.contains(line)).forEach(line -> add(" " + line));
        if (header.startsWith("route-map ")) {
            add("exit");
        }
    }

    /** The block of the router. Networks are added before others are withdrawn; neighbours of others stay. */
    void router(String header, Set<String> here, Set<String> there) {
        add(header);
        there.stream().filter(line -> !here.contains(line)).forEach(line -> inFamily(line, ""));
        Set<String> kept = keys(there);
        here.stream()
                .filter(line -> FrrRunning.afterFamily(line).startsWith("network ") && !kept.contains(key(line)))
                .forEach(line -> inFamily(line, "no "));
        goneNeighbours(here, there).forEach(neighbour -> add(" no neighbor " + neighbour));
        add("exit");
    }

    void remove(String header) {
        add("no " + header);
    }

    private void inFamily(String line, String no) {
        String family = FrrRunning.family(line);
        if (family.isEmpty()) {
            add(" " + no + line);
        } else {
            add(" " + family.strip());
            add("  " + no + FrrRunning.afterFamily(line));
            add(" exit-address-family");
        }
    }

    private static Set<String> goneNeighbours(Set<String> here, Set<String> there) {
        Set<String> gone = new LinkedHashSet<>();
        for (String line : here) {
            Matcher ours = OUR_NEIGHBOUR.matcher(line);
            if (ours.matches()
                    && there.stream().noneMatch(each -> each.startsWith("neighbor " + ours.group(1) + " remote-as "))) {
                gone.add(ours.group(1));
            }
        }
        return gone;
    }

    private static Set<String> keys(Set<String> lines) {
        Set<String> keys = new HashSet<>();
        lines.forEach(line -> keys.add(key(line)));
        return keys;
    }

    private void add(String line) {
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one stack. Its text is what containers, control groups and sockets of it are called, so that those that a manager has left behind are
 * known again: {@code fs-<owner>-<kind>-<number>}.
 *
 * @param owner which manager it belongs to: small letters and digits, at most 16; two managers on one machine have two names
 * @param kind the name of its {@link StackSpec}
 * @param number counts the stacks of an owner, from 1; never used twice
 */
public record StackId(String owner, String kind, long number) {

    private static final Pattern OWNER = Pattern.compile("[a-z0-9]{1,16}");
    private static final Pattern TEXT = Pattern.compile("fs-([a-z0-9]{1,16})-([a-z][a-z0-9-]{0,31})-([0-9]{1,18})");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one has no such form
     */
    public StackId {
        Checks.require(OWNER.matcher(owner).matches(), "owner", owner, OWNER.pattern());
        Checks.positive("number", number);
    }

    /**
     * Reads the text of an id.
     *
     * @param text what a container is called
     * @return empty if it is not called like a stack
     */
    public static Optional<StackId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(3)) == 0) {
            return Optional.empty();
        }
        return Optional.of(new StackId(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3))));
    }

    @Override
    public String toString() {
        return "fs-" + owner + "-" + kind + "-" + number;
    }
}

package io.foreshard.addrsharding.route;

import java.util.List;
import java.util.stream.Collectors;

/** A plan that no router may get. */
public final class RoutePlanException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;
    private static final int MOST_IN_MESSAGE = 10;

    private final transient List<RouteProblem> problems;

    RoutePlanException(List<RouteProblem> problems) {
        super(problems.stream().limit(MOST_IN_MESSAGE).map(RouteProblem::text).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong, 100 problems at most; empty only in a copy that came over a wire. */
    public List<RouteProblem> problems() {
        return problems == null ? List.of() : problems;
    }
}

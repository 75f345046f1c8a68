package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.SentRoute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code show route … all} of BIRD says, line by line. A route begins at the start of a line with its prefix; attributes follow
 * behind a tab. What is neither is passed over.
 */
final class BirdRoutes implements Consumer<String> {

    private static final int MOST_ROUTES = 1_000_000;
    private static final Pattern ROUTE = Pattern.compile("([0-9a-f.:]{2,43}/[0-9]{1,3}) .*");
    private static final Pattern TUPLE = Pattern.compile("\\(([0-9]+), ?([0-9]+)(?:, ?([0-9]+))?\\)");
    private static final Pattern MED = Pattern.compile("\\s*BGP\\.med: ([0-9]{1,10})\\s*");

    private final List<SentRoute> routes = new ArrayList<>();
    private @Nullable Prefix prefix;
    private Set<String> marks = new HashSet<>();
    private OptionalLong med = OptionalLong.empty();
    private boolean isTooLong;

    @Override
    public void accept(String line) {
        Matcher route = ROUTE.matcher(line);
        if (route.matches()) {
            finish();
            begin(route.group(1));
        } else if (line.contains("BGP.community:") || line.contains("BGP.large_community:")) {
            Matcher tuples = TUPLE.matcher(line);
            while (tuples.find()) {
                String start = tuples.group(1) + ":" + tuples.group(2);
                marks.add(tuples.group(3) == null ? start : start + ":" + tuples.group(3));
            }
        } else {
            Matcher value = MED.matcher(line);
            if (value.matches()) {
                med = OptionalLong.of(Long.parseLong(value.group(1)));
            }
        }
    }

    private void begin(String text) {
        marks = new HashSet<>();
        med = OptionalLong.empty();
        try {
            prefix = Prefix.parse(text);
        } catch (IllegalArgumentException noPrefix) {
            prefix = null;
        }
    }

    private void finish() {
        if (prefix != null) {
            if (routes.size() < MOST_ROUTES) {
                routes.add(new SentRoute(prefix, Optional.of(marks), med));
            } else {
                isTooLong = true;
            }
            prefix = null;
        }
    }

    /** Returns all routes, or nothing if there are too many to be looked at. */
    Optional<List<SentRoute>> end() {
        finish();
        return isTooLong ? Optional.empty() : Optional.of(List.copyOf(routes));
    }
}

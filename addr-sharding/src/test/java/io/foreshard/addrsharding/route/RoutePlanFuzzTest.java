package io.foreshard.addrsharding.route;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.dialect.IosXrDialect;
import io.foreshard.addrsharding.dialect.JunosDialect;
import io.foreshard.addrsharding.dialect.OpenConfigDialect;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes plans of any values. Replays the committed inputs as an ordinary test; with {@code JAZZER_FUZZ=1} it looks for new ones.
 */
class RoutePlanFuzzTest {

    private static final List<RouterDialect> DIALECTS = List.of(
            new FrrDialect(), new BirdDialect(), new JunosDialect(), new IosXrDialect(), new OpenConfigDialect());

    @FuzzTest(maxDuration = "3m")
    void anyValuesMakeAPlanThatIsRightOrAreRefusedWithAReason(FuzzedDataProvider data) {
        RoutePlan plan;
        try {
            plan = plan(data);
        } catch (RoutePlanException refused) {
            assertFalse(refused.problems().isEmpty());
            return;
        } catch (IllegalArgumentException refused) {
            String reason = String.valueOf(refused.getMessage());
            assertTrue(
                    reason.contains(" (expected: ") && reason.codePoints().noneMatch(Character::isISOControl), reason);
            return;
        }
        for (Announcement each : plan.announcements()) {
            assertTrue(plan.owned().stream().anyMatch(pool -> pool.contains(each.prefix())), each::toString);
        }
        for (RouterDialect dialect : DIALECTS) {
            String text = dialect.render(plan).text();
            assertTrue(text.matches("(?:[ -~]*\n)+"), text);
            plan.announcements()
                    .forEach(each -> assertTrue(text.contains(each.prefix().toString()), text));
        }
    }

    private static RoutePlan plan(FuzzedDataProvider data) {
        long as = number(data);
        Prefix id = prefix(data);
        List<Neighbour> neighbours = new ArrayList<>();
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            neighbours.add(neighbour(data));
        }
        List<Prefix> owned = new ArrayList<>();
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            owned.add(prefix(data));
        }
        List<Announcement> announcements = new ArrayList<>();
        for (int i = data.consumeInt(0, 4); i > 0; i--) {
            boolean isOwned = !owned.isEmpty() && data.consumeBoolean();
            Prefix prefix = isOwned ? data.pickValue(owned) : prefix(data);
            announcements.add(new Announcement(prefix, data.pickValue(RouteClass.values()), attributes(data)));
        }
        return new RoutePlan(as, id, neighbours, announcements, owned);
    }

    private static Neighbour neighbour(FuzzedDataProvider data) {
        String name = data.consumeBoolean() ? "edge" + data.consumeInt(0, 9) : data.consumeString(40);
        Neighbour neighbour = Neighbour.of(name, prefix(data), number(data))
                .withFamilies(data.consumeBoolean() ? Set.of(AddressFamily.values()) : Set.of(AddressFamily.IPV4))
                .withMaxPrefixes(data.consumeInt())
                .withPeerMaxPrefixes(data.consumeInt());
        if (data.consumeBoolean()) {
            return neighbour;
        }
        PrefixRange range = new PrefixRange(prefix(data), data.consumeInt(-1, 129));
        return neighbour.accepting(ImportRule.of(range).preferred(number(data)));
    }

    private static RouteAttributes attributes(FuzzedDataProvider data) {
        List<Community> communities =
                data.consumeBoolean() ? List.of() : List.of(new Community(data.consumeInt(), data.consumeInt()));
        List<LargeCommunity> large = data.consumeBoolean()
                ? List.of()
                : List.of(new LargeCommunity(number(data), number(data), number(data)));
        OptionalLong weight = data.consumeBoolean() ? OptionalLong.empty() : OptionalLong.of(number(data));
        return new RouteAttributes(communities, large, OptionalLong.empty(), OptionalLong.empty(), weight);
    }

    private static long number(FuzzedDataProvider data) {
        return data.consumeBoolean() ? data.consumeLong(0, 70_000) : data.consumeLong();
    }

    private static Prefix prefix(FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 3)) {
            case 0 -> Prefix.parse("10." + data.consumeInt(0, 3) + ".0.0/" + data.consumeInt(15, 17));
            case 1 -> Prefix.parse("2001:db8::" + (data.consumeBoolean() ? "/32" : "1"));
            case 2 -> Prefix.parse("192.0.2." + data.consumeInt(0, 3));
            default -> Prefix.parse(data.consumeString(45));
        };
    }
}

package io.foreshard.addrsharding.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteDiffTest {

    private static final Neighbour PEER = Neighbour.of("peer", Prefix.parse("192.0.2.2"), 64513);
    private static final Announcement ONE = announcement("10.0.0.0/24");
    private static final Announcement TWO = announcement("10.0.1.0/24");
    private static final Announcement THREE = announcement("10.0.2.0/24");

    private static Announcement announcement(String prefix) {
        return new Announcement(Prefix.parse(prefix), RouteClass.LIVE, RouteAttributes.NONE);
    }

    private static RoutePlan plan(Announcement... announcements) {
        return new RoutePlan(
                64512,
                Prefix.parse("192.0.2.1"),
                List.of(PEER),
                List.of(announcements),
                List.of(Prefix.parse("10.0.0.0/8")));
    }

    private static SessionState sending(String... prefixes) {
        List<SentRoute> sent = java.util.stream.Stream.of(prefixes)
                .map(each -> new SentRoute(Prefix.parse(each), Optional.of(Set.of()), OptionalLong.empty()))
                .toList();
        return new SessionState("peer", true, "up", sent);
    }

    @Test
    void whatIsAddedWithdrawnAndChangedIsTold() {
        Announcement changed = new Announcement(TWO.prefix(), RouteClass.LIVE, RouteAttributes.NONE.withMed(1));
        RouteDiff diff = RouteDiff.between(plan(ONE, TWO), plan(changed, THREE));
        assertEquals(new RouteDiff(List.of(THREE), List.of(ONE), List.of(changed), false), diff);
        assertFalse(diff.isEmpty());
    }

    @Test
    void theOrderWithinPlansDoesNotMatter() {
        assertTrue(RouteDiff.between(plan(ONE, TWO), plan(TWO, ONE)).isEmpty());
    }

    @Test
    void anotherNeighbourIsADifferenceElsewhere() {
        RoutePlan before = plan(ONE);
        RoutePlan after = new RoutePlan(
                before.localAs(),
                before.routerId(),
                List.of(PEER.withMaxPrefixes(7)),
                before.announcements(),
                before.owned());
        assertTrue(RouteDiff.between(before, after).isElsewhereToo());
    }

    @Test
    void aRangeCoolsOnlyWhenNobodyIsSentAnyPartOfIt() {
        Withdrawal draining = Withdrawal.of(ONE.prefix());
        assertEquals(draining, draining.applied(plan(ONE)));
        assertEquals(draining, draining.seen(plan(), List.of(sending())));
        Withdrawal told = assertInstanceOf(Withdrawal.Told.class, draining.applied(plan(TWO)));
        assertEquals(told, told.seen(plan(TWO), List.of(sending("10.0.0.0/24"))));
        assertEquals(told, told.seen(plan(TWO), List.of(sending("10.0.0.0/16"))));
        assertEquals(told, told.seen(plan(TWO), List.of(sending("10.0.0.128/25"))));
        assertEquals(told, told.seen(plan(TWO), List.of(SessionState.down("peer", "Active"))));
        assertEquals(told, told.seen(plan(TWO), List.of()));
        assertInstanceOf(Withdrawal.Withdrawn.class, told.seen(plan(TWO), List.of(sending("10.0.1.0/24"))));
    }

    @Test
    void aRangeThatIsAnnouncedAgainIsDrainingAgain() {
        Withdrawal told = Withdrawal.of(ONE.prefix()).applied(plan());
        assertInstanceOf(Withdrawal.Draining.class, told.applied(plan(ONE)));
        Withdrawal gone = told.seen(plan(), List.of(sending()));
        assertInstanceOf(Withdrawal.Withdrawn.class, gone);
        assertInstanceOf(Withdrawal.Draining.class, gone.applied(plan(ONE)));
    }
}

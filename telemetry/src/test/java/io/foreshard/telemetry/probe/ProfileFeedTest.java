package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.foreshard.telemetry.PathProfiles;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ProfileFeedTest {

    @Test
    void connectionsThatComeAndGoFillNoTable() {
        PathProfiles profiles = PathProfiles.builder().build();
        ProfileFeed feed = new ProfileFeed(profiles, ProbeListener.NOOP);
        for (int port = 1; port <= 3 * ProfileFeed.MOST_METERS; port++) {
            long now = port * 1_000_000_000L;
            feed.onRoundTrip(new InetSocketAddress("10.0.0.2", port), 1_000_000, now);
            assertNotNull(profiles.latest(new InetSocketAddress("10.0.0.2", port), now));
        }
        assertEquals(ProfileFeed.MOST_METERS, feed.meters());
    }
}

package io.foreshard.transport;

import io.foreshard.runtime.TimerWheel;
import io.netty.util.concurrent.Future;

/**
 * Opens the connections of a session beside the first one, on the side that opened the session, and opens anew what breaks: at once
 * after a connection that worked, then with doubling pauses, for as long as the session lives. Confined to its session's event loop.
 */
final class StreamDialer {

    private static final long FIRST_PAUSE_NANOS = 50_000_000L;
    private static final long MAX_PAUSE_NANOS = 2_000_000_000L;

    /** Opens a connection to the session's peer whose channel is on the session's event loop. */
    interface Connector {
        Future<StreamConnection> connect();
    }

    private final SessionLoop loop;
    private final SessionEngine engine;
    private final Connector connector;
    private final Line[] lines;
    private boolean stopped;

    StreamDialer(SessionLoop loop, SessionEngine engine, Connector connector, int connections) {
        this.loop = loop;
        this.engine = engine;
        this.connector = connector;
        this.lines = new Line[connections];
        for (int id = 0; id < connections; id++) {
            lines[id] = new Line(id);
        }
    }

    /** Opens all but the first. */
    void start() {
        for (int id = 1; id < lines.length; id++) {
            lines[id].dial();
        }
    }

    /** Takes that the connection of a path is lost, and whether anything had been acknowledged on it. */
    void onLost(int pathId, boolean worked, long nowNanos) {
        if (worked) {
            lines[pathId].pauseNanos = FIRST_PAUSE_NANOS;
        }
        lines[pathId].dialLater(nowNanos);
    }

    void stop() {
        stopped = true;
        for (Line line : lines) {
            loop.timers().cancel(line);
        }
    }

    /** One connection: it is open, being opened, or waits until it may be. */
    private final class Line extends TimerWheel.Timer {

        private final int pathId;
        private long pauseNanos = FIRST_PAUSE_NANOS;

        Line(int pathId) {
            this.pathId = pathId;
        }

        private void dialLater(long nowNanos) {
            if (!stopped) {
                loop.timers().schedule(this, nowNanos + pauseNanos);
                pauseNanos = Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
                loop.touch(engine);
            }
        }

        @Override
        protected void onExpired(long nowNanos) {
            dial();
        }

        private void dial() {
            connector.connect().addListener(done -> loop.run(() -> onConnected((Future<?>) done)));
        }

        private void onConnected(Future<?> done) {
            StreamConnection connection = (StreamConnection) done.getNow();
            if (connection == null) {
                dialLater(loop.nowNanos());
            } else if (stopped) {
                connection.leave();
            } else {
                engine.join(pathId, connection, loop.nowNanos());
            }
        }
    }
}

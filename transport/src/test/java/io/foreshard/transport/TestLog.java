package io.foreshard.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Keeps every warning that the code under test or Netty logs: an exception that escapes a handler, a task or a future listener ends
 * there and nowhere else, as does a leak. {@link #drain()} at the end of a test tells.
 */
public final class TestLog implements SLF4JServiceProvider, ILoggerFactory {

    private static final Queue<String> WARNINGS = new ConcurrentLinkedQueue<>();

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new NOPMDCAdapter();
    private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();

    /** Returns the warnings so far and forgets them. */
    static List<String> drain() {
        List<String> all = new ArrayList<>();
        for (String next = WARNINGS.poll(); next != null; next = WARNINGS.poll()) {
            all.add(next);
        }
        return all;
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, Keeper::new);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        WARNINGS.clear();
    }

    private static final class Keeper extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        Keeper(String loggerName) {
            name = loggerName;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable cause) {
            String text = MessageFormatter.basicArrayFormat(pattern, arguments);
            StringBuilder where = new StringBuilder();
            for (Throwable at = cause; at != null; at = at.getCause()) {
                where.append(" <- ").append(at);
                if (at.getStackTrace().length > 0) {
                    where.append(" at ").append(at.getStackTrace()[0]);
                }
            }
            WARNINGS.add(level + " " + name + ": " + text + where);
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Keeper.class.getName();
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}

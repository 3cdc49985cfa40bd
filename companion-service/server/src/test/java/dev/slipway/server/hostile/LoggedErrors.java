package dev.slipway.server.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What this JVM logs as an error. */
final class LoggedErrors extends AppenderBase<ILoggingEvent> {
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

    void begin() {
        Logger root = root();
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    void end() {
        root().detachAppender(this);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            errors.add(event.getLoggerName() + ": " + event.getFormattedMessage());
        }
    }

    /** The errors since the last call. */
    List<String> taken() {
        List<String> taken = new ArrayList<>();
        for (String error = errors.poll(); error != null; error = errors.poll()) {
            taken.add(error);
        }
        return taken;
    }
}

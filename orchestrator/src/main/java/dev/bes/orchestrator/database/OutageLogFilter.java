package dev.bes.orchestrator.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Suppresses log lines of libraries about an outage of the database, which {@link DatabaseState} has already logged. It
 * suppresses lines of their loggers with an exception whose reason is an outage, during the outage and a minute after.
 */
final class OutageLogFilter extends TurboFilter implements AutoCloseable {
    private static final List<String> LIBRARIES =
            List.of("org.quartz.", "com.zaxxer.hikari.", "org.springframework.", "org.postgresql.", "org.flywaydb.");
    private static final String HEALTH = "HealthIndicator";
    // these give their reason as text only, or give none
    private static final Map<String, List<String>> WITHOUT_REASON = Map.of(
            "com.zaxxer.hikari.pool.PoolBase", List.of("{} - Failed to validate connection"),
            "com.zaxxer.hikari.pool.HikariPool", List.of("{} - Pool is empty, failed to create/setup connection"),
            "org.springframework.batch.core.step.item.ChunkOrientedStep", List.of("Chunk write failed"));

    private final DatabaseState state;

    OutageLogFilter(DatabaseState state) {
        this.state = state;
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            setContext(context);
            context.addTurboFilter(this);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (!level.isGreaterOrEqual(Level.WARN) || !isOfALibrary(logger.getName()) || !state.isOrWasAway()) {
            return FilterReply.NEUTRAL;
        }
        if (DatabaseFailure.isOutage(thrown == null ? last(arguments) : thrown) || isWithoutReason(logger, format)) {
            state.logLineSuppressed();
            return FilterReply.DENY;
        }
        return FilterReply.NEUTRAL;
    }

    /** An indicator of ours is logged by Spring under our name. */
    private static boolean isOfALibrary(String logger) {
        return LIBRARIES.stream().anyMatch(logger::startsWith) || logger.endsWith(HEALTH);
    }

    private static boolean isWithoutReason(Logger logger, @Nullable String format) {
        return format != null
                && WITHOUT_REASON.getOrDefault(logger.getName(), List.of()).stream()
                        .anyMatch(format::startsWith);
    }

    private static @Nullable Throwable last(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable thrown
                ? thrown
                : null;
    }

    @Override
    public void close() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
        }
    }
}

package dev.bes.orchestrator.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.Marker;

/**
 * Sets a log level for one run: what this service logs while it works on run 4711 has the level of the logger
 * {@code run.4711}, if that has one. {@code logback-spring.xml} names it; the sweeps put the run's number into
 * the MDC as {@code run}.
 */
public final class RunDebugFilter extends TurboFilter {
    private static final String OURS = "dev.bes.";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String run = MDC.get("run");
        if (run == null || !logger.getName().startsWith(OURS)) {
            return FilterReply.NEUTRAL;
        }
        Logger chosen = ((LoggerContext) getContext()).exists("run." + run);
        Level wanted = chosen == null ? null : chosen.getLevel();
        return wanted != null && level.isGreaterOrEqual(wanted) ? FilterReply.ACCEPT : FilterReply.NEUTRAL;
    }
}

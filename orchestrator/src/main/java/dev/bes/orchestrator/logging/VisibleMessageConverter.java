package dev.bes.orchestrator.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.bes.orchestrator.text.VisibleText;

/** Writes each log message on one line, with hidden characters made visible. {@code logback-spring.xml} names it. */
public final class VisibleMessageConverter extends MessageConverter {
    // why a start failed is a text of several lines, written by Spring Boot
    private static final String REPORT = "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

    @Override
    public String convert(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        return event.getLoggerName().equals(REPORT) ? VisibleText.lines(message) : VisibleText.of(message);
    }
}

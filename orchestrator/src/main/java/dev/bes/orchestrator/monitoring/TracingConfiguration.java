package dev.bes.orchestrator.monitoring;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is traced: runs and requests. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    /** Claimed sets belong to many runs: they are measured, not traced. */
    @Bean
    SpanExportingPredicate noSets() {
        return span -> span.getTags().keySet().stream().noneMatch(tag -> tag.startsWith("spring.batch"));
    }

    /** What is scheduled runs every second, and most often does nothing. */
    @Bean
    ObservationPredicate noScheduledTasks() {
        return (name, context) -> !name.equals("tasks.scheduled.execution");
    }
}

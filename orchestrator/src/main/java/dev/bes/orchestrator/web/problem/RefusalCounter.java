package dev.bes.orchestrator.web.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Counts the requests that were answered with a problem, by its type. Those that are not HTTP at all are not counted. */
@Component
final class RefusalCounter {
    private final Map<String, Counter> byReason;
    private final Counter other;

    RefusalCounter(MeterRegistry registry) {
        byReason = Stream.of(ProblemKind.values())
                .map(ProblemKind::slug)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), reason -> counter(reason, registry)));
        other = counter("other", registry);
    }

    private static Counter counter(String reason, MeterRegistry registry) {
        return Counter.builder("orchestrator.requests.refused")
                .description("Requests that were answered with a problem, by its type")
                .tag("reason", reason)
                .register(registry);
    }

    /** Counts one. */
    void count(ProblemDetail problem) {
        String type = String.valueOf(problem.getType());
        byReason.getOrDefault(type.substring(type.lastIndexOf('#') + 1), other).increment();
    }
}

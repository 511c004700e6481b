package dev.bes.orchestrator.run.trace;

import dev.bes.orchestrator.run.Claim;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Makes the spans of a run. The context of the first span is kept with the run, so that whoever works on it later adds to the same
 * trace. Without an address for traces there is no tracer, and nothing is made or kept. Source of the form: W3C Trace Context.
 */
@Component
public class RunTraces {
    /** Traces nothing. */
    public static final RunTraces OFF = new RunTraces((Tracer) null);

    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-0([01])");
    private static final String RUN = "orchestrator.run";

    private final @Nullable Tracer tracer;

    @Autowired
    RunTraces(ObjectProvider<Tracer> tracer) {
        this(tracer.getIfAvailable());
    }

    private RunTraces(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * Accepts a run in a span: of its own, or below that of the request.
     *
     * @param acceptance gets the context to keep with the run; null if nothing is traced
     * @param run the id of the run
     */
    public <T> T accept(Function<@Nullable String, T> acceptance, ToLongFunction<T> run) {
        if (tracer == null) {
            return acceptance.apply(null);
        }
        Span span = tracer.nextSpan().name("accept run").start();
        try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
            T accepted = acceptance.apply(traceparent(span.context()));
            span.tag(RUN, run.applyAsLong(accepted));
            return accepted;
        } catch (RuntimeException e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }

    /**
     * Accepts runs together, each in a span of its own.
     *
     * @param acceptance gets the contexts to keep with the runs, in their order; none if nothing is traced
     * @param run the id of a run
     */
    public <T> List<T> acceptAll(int runs, Function<List<String>, List<T>> acceptance, ToLongFunction<T> run) {
        if (tracer == null) {
            return acceptance.apply(List.of());
        }
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            spans.add(tracer.nextSpan().name("accept run").start());
        }
        try {
            List<T> accepted = acceptance.apply(
                    spans.stream().map(span -> traceparent(span.context())).toList());
            for (int i = 0; i < runs; i++) {
                spans.get(i).tag(RUN, run.applyAsLong(accepted.get(i)));
            }
            return accepted;
        } catch (RuntimeException e) {
            spans.forEach(span -> span.error(e));
            throw e;
        } finally {
            spans.forEach(Span::end);
        }
    }

    /** Works on a claimed scoring in a span of its run's trace. A run that was accepted without a trace has none. */
    public <T> T step(Claim claim, Supplier<T> work) {
        if (tracer == null || claim.traceparent() == null) {
            return work.get();
        }
        Matcher parent = TRACEPARENT.matcher(claim.traceparent());
        return parent.matches() ? step(tracer, parent, claim, work) : work.get();
    }

    private static <T> T step(Tracer tracer, Matcher parent, Claim claim, Supplier<T> work) {
        TraceContext context = tracer.traceContextBuilder()
                .traceId(parent.group(1))
                .spanId(parent.group(2))
                .sampled(parent.group(3).equals("1"))
                .build();
        Span span = tracer.spanBuilder()
                .setParent(context)
                .name("work on scoring that is "
                        + claim.scoringState().step().name().toLowerCase(Locale.ROOT))
                .tag(RUN, claim.run())
                .tag("orchestrator.scoring", claim.position())
                .tag("orchestrator.attempt", claim.attempt())
                .start();
        try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
            return work.get();
        } catch (RuntimeException e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private static String traceparent(TraceContext context) {
        return "00-%s-%s-0%d"
                .formatted(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()) ? 1 : 0);
    }
}

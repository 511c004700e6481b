package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.explain.AskedTime.Span;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunOrder;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.UnfinishedScorings;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Explains how a run has ended, or why it has not. */
@Component
class RunExplainer {
    private static final int MOST = 20;
    private static final RunOrder BY_TIME = new RunOrder(true, false, null, null);
    private static final int GROUPS = 50;
    private static final int HISTORY = 300;

    private final RunReader reader;
    private final UnfinishedScorings unfinished;
    private final ScoringCauses scoringCauses;

    RunExplainer(RunReader reader, UnfinishedScorings unfinished, ScoringCauses scoringCauses) {
        this.reader = reader;
        this.unfinished = unfinished;
        this.scoringCauses = scoringCauses;
    }

    /** How a run has ended, or why it has not, what stops it most comes first. */
    List<Cause> causes(RunView run) {
        if (run.state().ended()) {
            return List.of(ended(run));
        }
        List<Cause> causes = new ArrayList<>();
        if (run.cancelRequestedAt() != null) {
            causes.add(Cause.of(
                            CauseCode.CANCELLING,
                            "Run %d is being cancelled: its remote jobs are stopped.".formatted(run.id()))
                    .since(run.cancelRequestedAt()));
        }
        CallForecast forecast = run.forecast();
        if (forecast != null) {
            causes.add(Cause.of(
                            CauseCode.CALL_BUDGET,
                            "It needs about %d calls, and the limits of the managed API (%s) let them through by %s at the soonest."
                                    .formatted(
                                            forecast.calls(),
                                            String.join(", ", forecast.limits()),
                                            AskedTime.words(forecast.by(), ZoneOffset.UTC)))
                    .until(forecast.by()));
        }
        causes.addAll(scoringCauses.of(unfinished.of(run.id(), GROUPS)));
        if (causes.isEmpty()) {
            causes.add(Cause.of(CauseCode.IN_LINE, "Run %d ends within moments.".formatted(run.id())));
        }
        causes.sort(Comparator.comparing(Cause::code));
        return causes.stream().map(cause -> cause.about(Kind.RUN, run.id())).toList();
    }

    private Cause ended(RunView run) {
        String cause = run.cause() == null ? "" : ": " + run.cause().replaceFirst("\\.$", "");
        Cause ended = switch (run.state()) {
            case FAILED -> Cause.of(CauseCode.FAILED, "Run %d failed%s.".formatted(run.id(), cause));
            case CANCELLED ->
                Cause.of(CauseCode.CANCELLED, "Run %d was cancelled%s%s.".formatted(run.id(), by(run), cause));
            default -> Cause.of(CauseCode.FINISHED, "Run %d has finished.".formatted(run.id()));
        };
        return ended.since(run.endedAt()).about(Kind.RUN, run.id());
    }

    private String by(RunView run) {
        return reader.history(run.id(), HISTORY).stream()
                .filter(move -> move.to() == State.CANCELLED)
                .map(HistoryEntry::actor)
                .findFirst()
                .map(actor -> " by " + actor)
                .orElse("");
    }

    /**
     * The runs that files and requests started at a time.
     *
     * @param definition null for those of all definitions in the scope
     */
    List<Cause> accepted(@Nullable String definition, List<Span> spans, DefinitionScope scope, ZoneId zone) {
        return spans.stream()
                .flatMap(span -> Stream.of(TriggerKind.FILES, TriggerKind.REQUEST)
                        .flatMap(kind -> reader.list(during(definition, span, scope, kind), BY_TIME, MOST).stream()))
                .map(run -> accepted(run, zone))
                .toList();
    }

    private static RunFilter during(@Nullable String definition, Span span, DefinitionScope scope, TriggerKind kind) {
        return new RunFilter(scope, null, definition, kind, null, false, span.from(), span.to(), null);
    }

    private static Cause accepted(RunView run, ZoneId zone) {
        return Cause.of(
                        CauseCode.STARTED,
                        "At %s run %d of %s was accepted (%s)."
                                .formatted(
                                        AskedTime.words(run.createdAt(), zone),
                                        run.id(),
                                        run.definition(),
                                        run.trigger()))
                .since(run.createdAt())
                .about(Kind.RUN, run.id());
    }
}

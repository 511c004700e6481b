package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.request.SqlRequests;
import dev.bes.orchestrator.trigger.request.SqlRequests.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Explains what became of a request, by its idempotency key or by the id that {@code bes_request_run} returned. */
@Component
class RequestExplainer {
    private final SqlRequests requests;
    private final RunReader runs;
    private final RunExplainer runExplainer;
    private final AdmissionControl admission;
    private final NodeCauses nodes;

    RequestExplainer(
            SqlRequests requests,
            RunReader runs,
            RunExplainer runExplainer,
            AdmissionControl admission,
            NodeCauses nodes) {
        this.requests = requests;
        this.runs = runs;
        this.runExplainer = runExplainer;
        this.admission = admission;
        this.nodes = nodes;
    }

    List<Cause> causes(String key, DefinitionScope scope) {
        Optional<Decision> bySql = requests.find(key).filter(found -> scope.includes(found.definition()));
        Optional<RunView> run = bySql.map(Decision::run)
                .flatMap(runs::find)
                .or(() -> runs
                        .list(
                                new RunFilter(
                                        scope,
                                        null,
                                        null,
                                        TriggerKind.REQUEST,
                                        "request:" + key,
                                        false,
                                        null,
                                        null,
                                        null),
                                1)
                        .stream()
                        .findFirst());
        if (run.isPresent()) {
            return Stream.concat(Stream.of(accepted(run.get())), runExplainer.causes(run.get()).stream())
                    .toList();
        }
        return bySql.map(this::undecided)
                .orElseGet(() -> List.of(Cause.of(
                        CauseCode.REQUEST_UNKNOWN,
                        "No request of this key is recorded that you may see: it was refused when it came, or its run was"
                                + " purged.")));
    }

    private static Cause accepted(RunView run) {
        return Cause.of(CauseCode.STARTED, "The request became run %d of %s.".formatted(run.id(), run.definition()))
                .since(run.createdAt())
                .about(Kind.RUN, run.id());
    }

    private List<Cause> undecided(Decision request) {
        if (request.reason() != null) {
            return List.of(Cause.of(CauseCode.REQUEST_REFUSED, "The request was refused: " + request.reason() + ".")
                    .since(request.decidedAt())
                    .about(Kind.DEFINITION, request.definition()));
        }
        if (request.run() != null) {
            return List.of(
                    Cause.of(CauseCode.STARTED, "The request became run %d, which was purged.".formatted(request.run()))
                            .since(request.decidedAt()));
        }
        List<Cause> causes = new ArrayList<>();
        full(admission).ifPresent(causes::add);
        nodes.noneNow().ifPresent(causes::add);
        causes.add(Cause.of(
                        CauseCode.REQUEST_WAITS,
                        "The request waits until a node decides it, usually for a second or two.")
                .since(request.createdAt())
                .about(Kind.DEFINITION, request.definition()));
        return causes;
    }

    /** That too much is unfinished for anything new; empty if it is not. */
    static Optional<Cause> full(AdmissionControl admission) {
        return admission.isFull()
                ? Optional.of(Cause.of(
                        CauseCode.QUEUE_FULL,
                        "%d scorings are unfinished (orchestrator.trigger.max-unfinished): files and requests wait until there are fewer."
                                .formatted(admission.limit())))
                : Optional.empty();
    }
}

package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.query.UnfinishedScorings;
import dev.bes.orchestrator.run.query.UnfinishedScorings.Group;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Why scorings have not ended. A new reason to wait is a case of {@link #of(Group)}. */
@Component
class ScoringCauses {
    /** Our own words in the causes of scorings that are tried again, by their code. */
    private static final Map<String, CauseCode> OWN_WORDS = Map.of(
            "asked us to wait", CauseCode.THROTTLED,
            "Not sent: the call budget", CauseCode.CALL_BUDGET,
            "not sent, the last calls had no answer", CauseCode.ENDPOINT_FAILING);

    private final Endpoints endpoints;
    private final UnfinishedScorings scorings;
    private final NodeCauses nodes;

    ScoringCauses(Endpoints endpoints, UnfinishedScorings scorings, NodeCauses nodes) {
        this.endpoints = endpoints;
        this.scorings = scorings;
        this.nodes = nodes;
    }

    List<Cause> of(List<Group> groups) {
        List<Cause> causes = new ArrayList<>();
        groups.forEach(group -> of(group).forEach(causes::add));
        groups.stream()
                .map(Group::endpoint)
                .distinct()
                .flatMap(endpoint -> failing(endpoint).stream())
                .forEach(causes::add);
        if (groups.stream().anyMatch(group -> group.isDue() && group.attention() == null)) {
            nodes.noneNow().ifPresent(causes::add);
        }
        return causes;
    }

    private List<Cause> of(Group group) {
        Instant due = group.due();
        if (group.attention() != null) {
            String why = "%s the decision of a person (%s): %s"
                    .formatted(words(group, "need"), group.attention().word(), group.cause());
            return List.of(Cause.of(CauseCode.NEEDS_ATTENTION, why));
        }
        if (!endpoints.names().contains(group.endpoint())) {
            return List.of(about(
                    group,
                    CauseCode.ENDPOINT_UNKNOWN,
                    "for endpoint '%s', which is not configured.".formatted(group.endpoint())));
        }
        if (group.carrier() != null && group.sweep() != Sweep.COLLECT) {
            return List.of(shared(group, group.carrier()));
        }
        if (group.owner() != null) {
            return List.of(held(group, group.owner()));
        }
        if (group.cause() != null) {
            return List.of(retried(group, group.cause()).until(due));
        }
        if (group.sweep() == Sweep.TRACK) {
            return List.of(Cause.of(
                            CauseCode.REMOTE_JOB,
                            "%s: the remote job is under way at endpoint '%s'."
                                    .formatted(words(group), group.endpoint()))
                    .until(due)
                    .about(Kind.ENDPOINT, group.endpoint()));
        }
        if (!group.isDue() && due != null) {
            return List.of(about(group, CauseCode.WAITING, "until " + AskedTime.words(due, ZoneOffset.UTC) + ".")
                    .until(due));
        }
        List<Cause> limits = group.sweep() == Sweep.LAUNCH && group.step() != Step.SUBMITTED
                ? Stream.of(full(group), queued(group))
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
        return limits.isEmpty()
                ? List.of(about(group, CauseCode.IN_LINE, "for a node, after what came before."))
                : limits;
    }

    private static Cause shared(Group group, long carrier) {
        Instant until = group.carrierDue();
        String text = until == null
                ? "%s the job of run %d with others.".formatted(words(group, "share"), carrier)
                : "%s for others until %s: run %d will have the job that they share."
                        .formatted(words(group, "wait"), AskedTime.words(until, ZoneOffset.UTC), carrier);
        return Cause.of(CauseCode.SHARED_JOB, text).until(until).about(Kind.RUN, carrier);
    }

    private Cause held(Group group, String owner) {
        return nodes.away(owner)
                .map(away -> new Cause(
                        CauseCode.NODE_AWAY,
                        words(group) + ": " + away.text() + " Another node takes over when the lease is over.",
                        away.since(),
                        group.due(),
                        away.references()))
                .orElseGet(() -> Cause.of(
                                CauseCode.WORKING, "%s: node %s works on it now.".formatted(words(group), owner))
                        .about(Kind.NODE, owner));
    }

    private Cause retried(Group group, String cause) {
        CauseCode code = OWN_WORDS.entrySet().stream()
                .filter(words -> cause.contains(words.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(CauseCode.RETRYING);
        return about(group, code, "to be tried again: " + cause);
    }

    /** That as many jobs are at work as the endpoint may have. */
    private Optional<Cause> full(Group group) {
        int most = endpoints.maxConcurrentJobs(group.endpoint());
        if (most == Integer.MAX_VALUE) {
            return Optional.empty();
        }
        int jobs = scorings.jobsUnderWay(group.endpoint());
        return jobs < most
                ? Optional.empty()
                : Optional.of(about(
                        group,
                        CauseCode.ENDPOINT_FULL,
                        "for a place: endpoint '%s' has %d jobs under way, and may have %d ('max-concurrent-jobs')."
                                .formatted(group.endpoint(), jobs, most)));
    }

    /** That a pool or the turns of fairness keys let none of them start. */
    private Optional<Cause> queued(Group group) {
        return scorings.waitsFor(group).map(waits -> {
            boolean pool = waits.startsWith("Waits for pool ");
            String text = words(group, "wait") + waits.substring("Waits".length()) + ".";
            return Cause.of(pool ? CauseCode.POOL : CauseCode.FAIRNESS, text)
                    .about(Kind.POOL, pool ? group.queue().pool() : null);
        });
    }

    private Optional<Cause> failing(String endpoint) {
        if (!endpoints.names().contains(endpoint)) {
            return Optional.empty();
        }
        ObservedHealth health = endpoints.observedHealth(endpoint);
        return health.isUnhealthy()
                ? Optional.of(Cause.of(
                                CauseCode.ENDPOINT_FAILING,
                                "Endpoint '%s' fails, as this node sees it: %s.".formatted(endpoint, health.reason()))
                        .since(health.since())
                        .about(Kind.ENDPOINT, endpoint))
                : Optional.empty();
    }

    private static Cause about(Group group, CauseCode code, String waitsFor) {
        return Cause.of(code, words(group, "wait") + " " + waitsFor).about(Kind.ENDPOINT, group.endpoint());
    }

    private static String words(Group group, String verb) {
        return words(group) + " " + verb + (group.count() == 1 ? "s" : "");
    }

    private static String words(Group group) {
        return group.count() == 1 ? "Scoring " + group.position() : group.count() + " scorings";
    }
}

package dev.bes.orchestrator.web.api.backfill;

import dev.bes.api.backfill.PartitionsJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.trigger.backfill.Partitions;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.TimeParameter;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which parts of the data have been scored, for programs. */
@RestController
final class PartitionsApi {
    private static final Duration USUAL = Duration.ofDays(31);

    private final Authorization authorization;
    private final Partitions partitions;
    private final InstantSource clock;

    PartitionsApi(Authorization authorization, Partitions partitions, InstantSource clock) {
        this.authorization = authorization;
        this.partitions = partitions;
        this.clock = clock;
    }

    @GetMapping("/api/v1/definitions/{name}/partitions")
    @Requires(Role.VIEWER)
    PartitionsJson all(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Access access) {
        Definition definition = authorization.definition(name, access, Role.VIEWER);
        Instant end = TimeParameter.of("to", to, true);
        Instant until = end == null ? clock.instant() : end;
        Instant begin = TimeParameter.of("from", from, false);
        Instant since = begin == null ? until.minus(USUAL) : begin;
        if (!since.isBefore(until)) {
            throw ProblemException.badRequest("'from' is not before 'to'");
        }
        return new PartitionsJson(partitions.of(definition, since, until).stream()
                .map(BackfillMapper::partition)
                .toList());
    }
}

package dev.bes.orchestrator.web.api.backfill;

import dev.bes.api.backfill.PartitionsJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.trigger.backfill.Partitions;
import dev.bes.orchestrator.web.api.backfill.PartitionQuery.Span;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which parts of the data have been scored, for programs. */
@RestController
final class PartitionsApi {
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
    PartitionsJson all(@PathVariable String name, @ModelAttribute PartitionQuery query, Access access) {
        Definition definition = authorization.definition(name, access, Role.VIEWER);
        Span span = query.span(clock.instant());
        return new PartitionsJson(partitions.of(definition, span.since(), span.until()).stream()
                .map(BackfillMapper::partition)
                .toList());
    }
}

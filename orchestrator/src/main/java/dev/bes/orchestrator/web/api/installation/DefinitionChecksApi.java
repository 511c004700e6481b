package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.definition.DefinitionDiffJson;
import dev.bes.api.definition.DefinitionDiffJson.ChangeJson;
import dev.bes.api.definition.DefinitionDiffJson.FireChangeJson;
import dev.bes.api.definition.ValidationJson;
import dev.bes.api.definition.ValidationJson.FindingJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.DefinitionDifference;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.load.DefinitionCheck;
import dev.bes.orchestrator.definition.load.DefinitionCheck.Result;
import dev.bes.orchestrator.trigger.schedule.ScheduleSimulator;
import dev.bes.orchestrator.trigger.schedule.ScheduleSimulator.FireChange;
import dev.bes.orchestrator.trigger.schedule.ScheduleSimulator.FireChanges;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Checks the text of a definition and compares it with the loaded one. Writes nothing. */
@RestController
final class DefinitionChecksApi {
    private static final String YAML = "application/yaml";
    private static final String TEXT_YAML = "text/yaml";
    private static final String X_YAML = "application/x-yaml";
    private static final Duration COMPARED = Duration.ofDays(30);

    private final Authorization authorization;
    private final DefinitionCheck check;
    private final InstantSource clock;

    DefinitionChecksApi(Authorization authorization, DefinitionCheck check, InstantSource clock) {
        this.authorization = authorization;
        this.check = check;
        this.clock = clock;
    }

    @PostMapping(
            path = "/api/v1/definitions/validate",
            consumes = {YAML, TEXT_YAML, X_YAML, MediaType.TEXT_PLAIN_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Role.VIEWER)
    ValidationJson validate(@RequestBody(required = false) byte @Nullable [] yaml, Access access) {
        Result result = check(yaml, access);
        return new ValidationJson(
                result.definition() != null,
                result.name(),
                result.findings().stream().map(DefinitionChecksApi::json).toList());
    }

    @PostMapping(
            path = "/api/v1/definitions/{name}/diff",
            consumes = {YAML, TEXT_YAML, X_YAML, MediaType.TEXT_PLAIN_VALUE},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Role.VIEWER)
    DefinitionDiffJson diff(
            @PathVariable String name, @RequestBody(required = false) byte @Nullable [] yaml, Access access) {
        Definition loaded = authorization.definition(name, access, Role.VIEWER);
        Result result = check(yaml, access);
        Definition sent = result.definition();
        if (sent == null) {
            throw new ProblemException(
                    ProblemKind.INVALID_DEFINITION,
                    result.findings().stream().map(Diagnostic::toString).collect(Collectors.joining("; ")));
        }
        List<ChangeJson> changes = DefinitionDifference.between(loaded, sent).stream()
                .map(change -> new ChangeJson(change.key(), change.before(), change.after()))
                .toList();
        Instant now = clock.instant();
        FireChanges fires = ScheduleSimulator.compare(loaded, sent, now, now.plus(COMPARED));
        return new DefinitionDiffJson(
                name,
                changes.isEmpty(),
                changes,
                fires.changes().stream().map(DefinitionChecksApi::json).toList(),
                fires.until());
    }

    private static FireChangeJson json(FireChange change) {
        return new FireChangeJson(change.schedule(), change.time(), change.added() ? "added" : "removed");
    }

    private Result check(byte @Nullable [] yaml, Access access) {
        return check.check(text(yaml), other -> access.may(Role.VIEWER, other));
    }

    private static String text(byte @Nullable [] yaml) {
        if (yaml == null) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest("The text is not UTF-8; save or send it in UTF-8");
        }
    }

    private static FindingJson json(Diagnostic finding) {
        return new FindingJson(
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.line(),
                finding.column(),
                finding.message(),
                finding.hint());
    }
}

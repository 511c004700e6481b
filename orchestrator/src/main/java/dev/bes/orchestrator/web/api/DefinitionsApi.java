package dev.bes.orchestrator.web.api;

import dev.bes.api.definition.DefinitionsJson;
import dev.bes.api.definition.DefinitionsJson.ContainerJson;
import dev.bes.api.definition.DefinitionsJson.DefinitionJson;
import dev.bes.api.definition.DefinitionsJson.DropFolderJson;
import dev.bes.api.definition.DefinitionsJson.InputJson;
import dev.bes.api.definition.DefinitionsJson.ParameterSchemaJson;
import dev.bes.api.definition.DefinitionsJson.RequestParameterJson;
import dev.bes.api.definition.DefinitionsJson.ScheduleJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.definition.RequestSchema.ParameterSchema;
import dev.bes.orchestrator.definition.Triggers.Changed;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.template.RequestParameter;
import dev.bes.orchestrator.trigger.schedule.Schedules;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.request.EntityTag;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Definitions, for programs. */
@RestController
public final class DefinitionsApi {
    private static final int FIRES = 5;
    private static final Map<String, Function<Definition, @Nullable Object>> KEYS = Map.of(
            "name", Definition::name,
            "endpoint", Definition::endpoint,
            "priority", Definition::priority);

    private final Authorization authorization;
    private final Schedules schedules;

    DefinitionsApi(Authorization authorization, Schedules schedules) {
        this.authorization = authorization;
        this.schedules = schedules;
    }

    @GetMapping("/api/v1/definitions")
    @Requires(Role.VIEWER)
    @Listed(
            of = DefinitionJson.class,
            items = "definitions",
            sort = {"name", "endpoint", "priority"})
    DefinitionsJson all(@RequestParam(required = false) @Nullable String endpoint, ListQuery list, Access access) {
        List<Definition> visible = authorization.visible(access).stream()
                .filter(definition -> endpoint == null || endpoint.isEmpty() || endpoint.equals(definition.endpoint()))
                .toList();
        ListQuery.Page<Definition> page = list.of(visible, KEYS, Definition::name);
        return new DefinitionsJson(page.items().stream().map(this::json).toList(), page.next());
    }

    @GetMapping("/api/v1/definitions/{name}")
    @Requires(Role.VIEWER)
    @Listed(of = DefinitionJson.class)
    ResponseEntity<DefinitionJson> find(@PathVariable String name, Access access) {
        Definition definition = authorization.definition(name, access, Role.VIEWER);
        return ResponseEntity.ok().eTag(EntityTag.of(definition).value()).body(json(definition));
    }

    private DefinitionJson json(Definition definition) {
        return new DefinitionJson(
                definition.name(),
                definition.description(),
                definition.endpoint(),
                definition.priority(),
                inputs(definition),
                definition.outputs().keySet(),
                RequestParameter.of(definition).stream()
                        .map(DefinitionsApi::json)
                        .toList(),
                definition.triggers().schedules().stream().map(this::json).toList(),
                definition.triggers().files().stream().map(DefinitionsApi::json).toList(),
                definition.triggers().containers().stream()
                        .map(DefinitionsApi::json)
                        .toList());
    }

    private static Map<String, InputJson> inputs(Definition definition) {
        Map<String, InputJson> inputs = new LinkedHashMap<>();
        definition.inputs().forEach((name, input) -> inputs.put(name, json(input)));
        return inputs;
    }

    private static InputJson json(Input input) {
        return new InputJson(input.from(), input.columns());
    }

    private static RequestParameterJson json(RequestParameter parameter) {
        ParameterSchema schema = parameter.schema();
        return new RequestParameterJson(
                parameter.name(),
                parameter.fallback(),
                schema == null
                        ? null
                        : new ParameterSchemaJson(
                                schema.type().word(),
                                schema.description(),
                                schema.values(),
                                schema.minimum(),
                                schema.maximum(),
                                schema.minLength(),
                                schema.maxLength(),
                                schema.pattern()));
    }

    private ScheduleJson json(Schedule schedule) {
        List<Instant> next = schedules.next(schedule, FIRES);
        return new ScheduleJson(
                schedule.name(), schedule.expression(), schedule.zone().getId(), next, next.isEmpty());
    }

    private static ContainerJson json(DropContainer container) {
        return new ContainerJson(
                container.store(), container.prefix(), container.pattern(), container.input(), container.settle());
    }

    public static DropFolderJson json(DropFolder drop) {
        return new DropFolderJson(
                drop.folder(),
                drop.pattern(),
                drop.input(),
                drop.settle(),
                drop.changed() == Changed.SCORE_AGAIN ? "score-again" : "quarantine");
    }
}

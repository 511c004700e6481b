package dev.bes.orchestrator.web;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.definition.RequestParameter;
import dev.bes.orchestrator.definition.Triggers.Changed;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Definitions, for programs. */
@RestController
final class DefinitionsApi {
    private static final int FIRES = 5;

    private final Definitions definitions;
    private final Schedules schedules;

    DefinitionsApi(Definitions definitions, Schedules schedules) {
        this.definitions = definitions;
        this.schedules = schedules;
    }

    /**
     * All definitions.
     *
     * @param definitions by name
     */
    record DefinitionsJson(List<DefinitionJson> definitions) {}

    /**
     * A definition.
     *
     * @param name its name
     * @param description one line for people
     * @param endpoint name of its endpoint
     * @param priority its share of an endpoint on which several definitions wait
     * @param inputs its inputs by name
     * @param outputs names of its outputs
     * @param requestParameters what a request may bring
     * @param schedules calendar times
     * @param dropFolders drop folders
     */
    record DefinitionJson(
            String name,
            String description,
            String endpoint,
            int priority,
            Map<String, Input> inputs,
            Set<String> outputs,
            List<RequestParameter> requestParameters,
            List<ScheduleJson> schedules,
            List<DropFolderJson> dropFolders) {}

    /**
     * A calendar time.
     *
     * @param name unique within the definition
     * @param cron Quartz cron expression
     * @param zone time zone of the expression
     * @param next when it fires next
     * @param over whether it never fires again
     */
    record ScheduleJson(String name, String cron, String zone, List<Instant> next, boolean over) {}

    /**
     * A drop folder.
     *
     * @param folder relative to the configured drop root
     * @param pattern glob of the files' names
     * @param input name of the input that a file feeds
     * @param settle how long a file must stand still before it is taken
     * @param changed what happens to a file that somebody wrote to after it had been scored
     */
    record DropFolderJson(String folder, String pattern, String input, Duration settle, String changed) {
        static DropFolderJson of(DropFolder drop) {
            return new DropFolderJson(
                    drop.folder(),
                    drop.pattern(),
                    drop.input(),
                    drop.settle(),
                    drop.changed() == Changed.SCORE_AGAIN ? "score-again" : "quarantine");
        }
    }

    @GetMapping("/api/definitions")
    DefinitionsJson all() {
        return new DefinitionsJson(definitions.all().stream().map(this::json).toList());
    }

    private DefinitionJson json(Definition definition) {
        return new DefinitionJson(
                definition.name(),
                definition.description(),
                definition.endpoint(),
                definition.priority(),
                definition.inputs(),
                definition.outputs().keySet(),
                RequestParameter.of(definition),
                definition.triggers().schedules().stream().map(this::json).toList(),
                definition.triggers().files().stream().map(DropFolderJson::of).toList());
    }

    private ScheduleJson json(Schedule schedule) {
        List<Instant> next = schedules.next(schedule, FIRES);
        return new ScheduleJson(
                schedule.name(), schedule.cron(), schedule.zone().getId(), next, next.isEmpty());
    }
}

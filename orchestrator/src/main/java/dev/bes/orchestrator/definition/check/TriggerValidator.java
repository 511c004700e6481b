package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.util.HashSet;
import java.util.Set;

/** Checks what the schema cannot express about triggers. */
record TriggerValidator(CronValidator cron) {

    void check(NodeCursor triggers, NodeCursor inputs) {
        Set<String> names = new HashSet<>();
        triggers.at("schedules").elements().forEach(schedule -> {
            NodeCursor name = schedule.at("name");
            name.text()
                    .filter(text -> !names.add(text))
                    .ifPresent(text -> name.report("duplicate schedule '" + text + "'", null));
            new ScheduleValidator(cron, schedule).check();
        });
        triggers.at("files").elements().forEach(folder -> checkDropFolder(folder, inputs));
    }

    private static void checkDropFolder(NodeCursor dropFolder, NodeCursor inputs) {
        NodeCursor folder = dropFolder.at("folder");
        folder.text()
                .flatMap(RelativePath::plainMistake)
                .ifPresent(mistake -> folder.report("'folder' " + mistake, null));
        NodeCursor pattern = dropFolder.at("pattern");
        pattern.text()
                .flatMap(RelativePath::globMistake)
                .ifPresent(mistake -> pattern.report("'pattern' " + mistake, null));
        NodeCursor input = dropFolder.at("input");
        input.text()
                .filter(name -> !inputs.keys().contains(name))
                .ifPresent(name -> input.report("unknown input '" + name + "'", Suggestion.hint(name, inputs.keys())));
    }
}

package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/** Checks what the schema cannot express about schedules and drop folders. */
record TriggerValidator(CronValidator cron) {

    void check(NodeCursor triggers, NodeCursor inputs) {
        Set<String> names = new HashSet<>();
        triggers.at("schedules").elements().forEach(schedule -> {
            NodeCursor name = schedule.at("name");
            name.text()
                    .filter(text -> !names.add(text))
                    .ifPresent(text -> name.report("duplicate schedule '" + text + "'", null));
            checkCron(schedule.at("cron"));
            checkZone(schedule.at("zone"));
            warnIfEnded(schedule);
        });
        triggers.at("files").elements().forEach(folder -> checkDropFolder(folder, inputs));
    }

    private void checkCron(NodeCursor expression) {
        expression
                .text()
                .flatMap(cron::mistake)
                .ifPresent(mistake -> expression.report("bad cron expression: " + mistake, null));
    }

    /** Only a warning: a running service must be able to restart after the last time of a schedule. */
    private void warnIfEnded(NodeCursor schedule) {
        NodeCursor expression = schedule.at("cron");
        NodeCursor zone = schedule.at("zone");
        if (!zone.isPresent() || zone.text().isPresent()) {
            expression
                    .text()
                    .flatMap(text -> cron.over(text, ZoneId.of(zone.text().orElse("UTC"))))
                    .ifPresent(reason -> expression.warn(reason, "the schedule is left out"));
        }
    }

    private static void checkZone(NodeCursor zone) {
        zone.text().ifPresent(text -> {
            try {
                ZoneId.of(text);
            } catch (DateTimeException _) {
                String hint = Suggestion.nearest(text, ZoneId.getAvailableZoneIds())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("write a name such as Europe/Berlin, or UTC");
                zone.report("unknown time zone '" + text + "'", hint);
            }
        });
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

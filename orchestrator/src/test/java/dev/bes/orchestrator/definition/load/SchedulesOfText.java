package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Schedules as a definition has them, without the definition. */
public final class SchedulesOfText {
    private SchedulesOfText() {}

    /** The schedule {@code s} of a text in YAML. */
    public static Schedule schedule(String yaml) {
        ObjectNode tree = (ObjectNode) new YAMLMapper().readTree(yaml);
        return ScheduleMapper.schedule(tree.put("name", "s"));
    }
}

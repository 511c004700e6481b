package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.template.TemplateVariable;
import dev.bes.orchestrator.definition.template.Templates;
import dev.bes.orchestrator.definition.template.TimePattern;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the variables of one text beyond their names: patterns that say something else than was meant, and values that
 * no run, or not every run, can have.
 *
 * @param schedules the schedules of the definition
 * @param files its drop folders
 */
record TemplateValidator(List<NodeCursor> schedules, List<NodeCursor> files) {

    static TemplateValidator of(NodeCursor triggers) {
        return new TemplateValidator(
                triggers.at("schedules").elements().toList(),
                triggers.at("files").elements().toList());
    }

    /** Objects to a text whose variables are all good. */
    void check(NodeCursor nodeCursor) {
        String text = nodeCursor.text().orElse("");
        List<TemplateVariable> variables = Templates.variables(text);
        variables.forEach(variable -> checkPattern(nodeCursor, variable));
        variables.stream().distinct().forEach(variable -> checkValue(nodeCursor, variable));
    }

    private static void checkPattern(NodeCursor nodeCursor, TemplateVariable variable) {
        TimePattern.of(variable).ifPresent(pattern -> {
            String better = new TemplateVariable(variable.name(), pattern.better()).toString();
            String hint = better.equals(variable.toString()) ? "add the month" : "did you mean " + better + "?";
            pattern.mistakes().forEach(mistake -> nodeCursor.object(variable + ": " + mistake, hint));
            pattern.warnings().forEach(warning -> nodeCursor.warn(variable + ": " + warning, hint));
        });
    }

    private void checkValue(NodeCursor nodeCursor, TemplateVariable variable) {
        if (variable.name().equals("fire.time")) {
            checkFireTime(nodeCursor, variable);
        } else if (variable.isDemandedOfRequests()) {
            List<String> without = new ArrayList<>();
            schedules.stream().findFirst().ifPresent(schedule -> without.add("a schedule (" + schedule.where() + ")"));
            files.stream().findFirst().ifPresent(folder -> without.add("a drop folder (" + folder.where() + ")"));
            if (!without.isEmpty()) {
                nodeCursor.object(
                        "%s has no value in a run by %s: only a request brings it"
                                .formatted(variable, String.join(" or ", without)),
                        "give it a default, as in ${" + variable.name() + ":-eu}");
            }
        }
    }

    private void checkFireTime(NodeCursor nodeCursor, TemplateVariable variable) {
        String hint = "did you mean " + new TemplateVariable("run.time", variable.argument()) + "?";
        if (schedules.isEmpty()) {
            nodeCursor.object(variable + " has no value in any run: the job has no schedule", hint);
        } else if (!files.isEmpty()) {
            nodeCursor.object(
                    "%s has no value in a run by a drop folder (%s): each of its files would go to 'failed'"
                            .formatted(variable, files.getFirst().where()),
                    hint);
        }
    }
}

package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.template.TemplateVariable;
import dev.bes.orchestrator.definition.template.Templates;
import dev.bes.orchestrator.definition.template.TimePattern;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the variables of a text: time patterns that mean something else than intended, and values that no run or not every
 * run has.
 *
 * @param schedules the schedules of the definition
 * @param files its drop folders
 * @param parameters what its schema says of the parameters of requests
 */
record TemplateValidator(List<NodeCursor> schedules, List<NodeCursor> files, NodeCursor parameters) {

    private static final String WITHOUT = "add a schedule, or leave it out";

    static TemplateValidator of(NodeCursor root) {
        NodeCursor triggers = root.at("triggers");
        return new TemplateValidator(
                triggers.at("schedules").elements().toList(),
                triggers.at("files").elements().toList(),
                root.at("request").at("schema").at("properties"));
    }

    /** Checks a text whose variables have valid syntax. */
    void check(NodeCursor nodeCursor) {
        String text = nodeCursor.text().orElse("");
        List<TemplateVariable> variables = Templates.variables(text);
        variables.forEach(variable -> checkPattern(nodeCursor, variable));
        variables.stream().distinct().forEach(variable -> checkValue(nodeCursor, variable));
    }

    /** Checks a path of input files, which is filled in before the run has a number. */
    void checkFrom(NodeCursor from) {
        List<TemplateVariable> variables = Templates.variables(from.text().orElse(""));
        variables.forEach(variable -> checkPattern(from, variable));
        for (TemplateVariable variable : variables.stream().distinct().toList()) {
            if (!variable.isKnownBeforeRun()) {
                from.report(
                        variable + " has no value before the run has its files",
                        "use ${fire.time}, ${request.NAME} or ${definition}");
            } else if (variable.name().equals("fire.time")) {
                checkFireTime(from, variable, WITHOUT);
            } else {
                checkValue(from, variable);
            }
        }
    }

    /** Checks the key of a partition. A run in which it has no value belongs to none, but one that never has a value is a mistake. */
    void checkPartition(NodeCursor partition) {
        List<TemplateVariable> variables = Templates.variables(partition.text().orElse(""));
        variables.forEach(variable -> checkPattern(partition, variable));
        for (TemplateVariable variable : variables.stream().distinct().toList()) {
            if (variable.name().startsWith("run.")) {
                partition.report(
                        variable + " differs in every run: no run would be of the same partition",
                        "use ${fire.time}, ${request.NAME} or ${file.stem}");
            } else if (variable.name().equals("fire.time") && schedules.isEmpty()) {
                checkFireTime(partition, variable, WITHOUT);
            }
        }
    }

    private static void checkPattern(NodeCursor nodeCursor, TemplateVariable variable) {
        TimePattern.of(variable).ifPresent(pattern -> {
            String better = new TemplateVariable(variable.name(), pattern.suggestion()).toString();
            String hint = better.equals(variable.toString()) ? "add the month" : "did you mean " + better + "?";
            pattern.mistakes().forEach(mistake -> nodeCursor.report(variable + ": " + mistake, hint));
            pattern.warnings().forEach(warning -> nodeCursor.warn(variable + ": " + warning, hint));
        });
    }

    private void checkValue(NodeCursor nodeCursor, TemplateVariable variable) {
        if (variable.name().equals("fire.time")) {
            checkFireTime(
                    nodeCursor,
                    variable,
                    "did you mean " + new TemplateVariable("run.time", variable.argument()) + "?");
        } else if (variable.isRequiredParameter()) {
            List<String> without = new ArrayList<>();
            String parameter = variable.name().substring("request.".length());
            if (parameters.at(parameter).at("default").isPresent()) {
                return;
            }
            schedules.stream()
                    .filter(schedule -> !schedule.at("parameters").at(parameter).isPresent())
                    .findFirst()
                    .ifPresent(schedule -> without.add("a schedule (" + schedule.location() + ")"));
            files.stream().findFirst().ifPresent(folder -> without.add("a drop folder (" + folder.location() + ")"));
            if (!without.isEmpty()) {
                nodeCursor.report(
                        "%s has no value in a run by %s: only a request has it"
                                .formatted(variable, String.join(" or ", without)),
                        "give it a default, as in ${" + variable.name() + ":-eu}");
            }
        }
    }

    private void checkFireTime(NodeCursor nodeCursor, TemplateVariable variable, String hint) {
        if (schedules.isEmpty()) {
            nodeCursor.report(variable + " has no value in any run: the job has no schedule", hint);
        } else if (!files.isEmpty()) {
            nodeCursor.report(
                    "%s has no value in a run by a drop folder (%s): each of its files would go to 'failed'"
                            .formatted(variable, files.getFirst().location()),
                    hint);
        }
    }
}

package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.template.PathLength;
import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.definition.template.Templates;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** Checks what a schema cannot express: names must exist, expressions must parse, paths must stay in their folders. */
public record SemanticValidator(Set<String> endpoints, TriggerValidator triggers) {

    /** Validates against the names of the configured endpoints. */
    public SemanticValidator(Set<String> endpoints, CronValidator cron) {
        this(endpoints, new TriggerValidator(cron));
    }

    /** Reports the mistakes of one definition. */
    public void check(NodeCursor root) {
        new EndpointValidator(endpoints).check(root);
        checkInputs(root.at("inputs"), root.at("triggers"));
        triggers.check(root.at("triggers"), root.at("inputs"));
        checkNames("output", root.at("outputs"));
        root.at("outputs").values().forEach(SemanticValidator::checkHeader);
        checkNames("input", root.at("inputs"));
        root.at("parameters").values().forEach(SemanticValidator::checkTemplates);
        checkTemplates(root.at("partition"));
        checkTemplates(root.at("fairness").at("key"));
        FairnessValidator.check(root.at("fairness"));
        FoldValidator.check(root);
        checkDelivery(root.at("delivery").at("folder"), root.at("name").text().orElse(""));
        CallbackValidator.check(root.at("callbacks"));
        NodeCursor to = root.at("delivery").at("to");
        NodeCursor container = root.at("delivery").at("container");
        if (to.isPresent() && !container.isPresent()) {
            to.report("'to' needs a container", "add 'container', or remove 'to'");
        }
        container
                .text()
                .flatMap(RelativePath::plainMistake)
                .ifPresent(mistake -> container.report("'container' " + mistake, null));
        NodeCursor deadline = root.at("deadline");
        deadline.text()
                .filter(text -> DurationFormatterUtils.detectAndParse(text).isZero())
                .ifPresent(text -> deadline.report("'deadline' must be longer than " + text, null));
        if (root.diagnostics().isValid()) {
            checkValues(root);
        }
    }

    /** Runs only on a definition without mistakes: otherwise a misspelt trigger would look like a missing one. */
    private static void checkValues(NodeCursor root) {
        RequestSchemaValidator.check(root);
        TemplateValidator templates = TemplateValidator.of(root);
        root.at("parameters").values().forEach(templates::check);
        root.at("inputs").values().map(input -> input.at("from")).forEach(templates::checkFrom);
        templates.checkPartition(root.at("partition"));
        templates.check(root.at("fairness").at("key"));
        NodeCursor folder = root.at("delivery").at("folder");
        templates.check(folder);
        String name = root.at("name").text().orElse("");
        folder.text()
                .flatMap(text -> PathLength.mayNotFit(text, name))
                .ifPresent(mistake -> folder.warn(
                        "'folder' may become too long: with the longest values it " + mistake,
                        "such a run is refused"));
    }

    /** Finds names that become equal in the blob store and on disk. */
    private static void checkNames(String kind, NodeCursor ports) {
        Map<String, String> bySafe = new HashMap<>();
        Map<String, String> byFolded = new HashMap<>();
        for (String name : ports.keys()) {
            String safe = SafeName.of(name);
            String same = bySafe.putIfAbsent(safe, name);
            String near = byFolded.putIfAbsent(safe.toLowerCase(Locale.ROOT), name);
            NodeCursor port = ports.at(name);
            if (same != null) {
                port.reportKey(
                        "%s '%s' and %s '%s' (%s) both become '%s' in names of files and blobs"
                                .formatted(
                                        kind, name, kind, same, ports.at(same).keyLocation(), safe),
                        "rename one of them in the web service");
            } else if (near != null) {
                port.warnKey(
                        "%s '%s' and %s '%s' (%s) differ only in case: on some disks their files are one"
                                .formatted(
                                        kind, name, kind, near, ports.at(near).keyLocation()),
                        null);
            }
        }
    }

    private static void checkHeader(NodeCursor output) {
        boolean absent = output.at("header").text().filter("absent"::equals).isPresent();
        if (absent && output.at("columns").elements().findAny().isEmpty()) {
            output.at("header").reportKey("'header: absent' without 'columns'", "name all columns, in their order");
        }
    }

    private static void checkInputs(NodeCursor inputs, NodeCursor triggers) {
        inputs.values().map(input -> input.at("from")).forEach(SemanticValidator::checkFrom);
        inputs.values().skip(1).forEach(input -> requireFrom(input, "a trigger brings only one input"));
        inputs.values().limit(1).forEach(first -> {
            String reason = reasonFirstNeedsFrom(first.name(), triggers);
            if (reason != null) {
                requireFrom(first, reason);
            }
        });
    }

    private static @Nullable String reasonFirstNeedsFrom(String first, NodeCursor triggers) {
        if (triggers.at("schedules").elements().findAny().isPresent()) {
            return "a schedule brings no file";
        }
        return triggers.at("files")
                .elements()
                .flatMap(folder -> folder.at("input").text().stream())
                .filter(fed -> !fed.equals(first))
                .findFirst()
                .map(fed -> "a drop folder brings only '" + fed + "'")
                .orElse(null);
    }

    private static void requireFrom(NodeCursor input, String reason) {
        if (input.isObject() && !input.at("from").isPresent()) {
            input.reportMissing("from", reason);
        }
    }

    private static void checkFrom(NodeCursor from) {
        checkTemplates(from);
        from.text()
                .filter(text -> Templates.mistakes(text).isEmpty())
                .map(text -> Templates.replace(text, expression -> "x"))
                .flatMap(text -> RelativePath.plainMistake(text).or(() -> RelativePath.globMistake(text)))
                .ifPresent(mistake -> from.report("'from' " + mistake, null));
    }

    private static void checkDelivery(NodeCursor folder, String name) {
        checkTemplates(folder);
        folder.text()
                .flatMap(text -> RelativePath.mistake(Templates.replace(text, expression -> "x")))
                .ifPresent(mistake -> folder.report("'folder' " + mistake, null));
        folder.text()
                .flatMap(text -> PathLength.neverFits(text, name))
                .ifPresent(mistake -> folder.report("'folder' " + mistake + ", whatever the values", null));
    }

    private static void checkTemplates(NodeCursor nodeCursor) {
        Optional<List<String>> mistakes = nodeCursor.text().map(Templates::mistakes);
        mistakes.ifPresent(all -> all.forEach(mistake -> nodeCursor.report(mistake, null)));
    }
}

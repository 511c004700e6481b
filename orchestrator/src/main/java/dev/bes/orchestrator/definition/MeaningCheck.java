package dev.bes.orchestrator.definition;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what a schema cannot say: names that must exist, expressions that must parse, paths that must stay inside. */
record MeaningCheck(Set<String> endpoints, TriggerCheck triggers) {

    MeaningCheck(Set<String> endpoints, CronCheck cron) {
        this(endpoints, new TriggerCheck(cron));
    }

    void check(Spot root) {
        checkEndpoint(root.at("endpoint"));
        checkInputs(root.at("inputs"), root.at("triggers"));
        triggers.check(root.at("triggers"), root.at("inputs"));
        root.at("parameters").values().forEach(MeaningCheck::checkTemplates);
        checkDelivery(root.at("delivery").at("folder"));
        Spot deadline = root.at("deadline");
        deadline.text()
                .filter(text -> DurationText.parse(text).isZero())
                .ifPresent(text -> deadline.object("'deadline' must be longer than " + text, null));
    }

    private void checkEndpoint(Spot endpoint) {
        List<String> known = endpoints.stream().sorted().toList();
        endpoint.text()
                .filter(name -> !endpoints.contains(name))
                .ifPresent(name -> endpoint.object(
                        "unknown endpoint '" + name + "'",
                        known.isEmpty() ? "none is configured" : Suggestion.hint(name, known)));
    }

    private static void checkInputs(Spot inputs, Spot triggers) {
        inputs.values().map(input -> input.at("from")).forEach(MeaningCheck::checkFrom);
        inputs.values().skip(1).forEach(input -> demandFrom(input, "a trigger brings only one input"));
        inputs.values().limit(1).forEach(first -> {
            String why = whyFirstNeedsFrom(first.name(), triggers);
            if (why != null) {
                demandFrom(first, why);
            }
        });
    }

    private static @Nullable String whyFirstNeedsFrom(String first, Spot triggers) {
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

    private static void demandFrom(Spot input, String why) {
        if (input.isObject() && !input.at("from").isPresent()) {
            input.miss("from", why);
        }
    }

    private static void checkFrom(Spot from) {
        from.text()
                .flatMap(text -> RelativePath.plainMistake(text).or(() -> RelativePath.globMistake(text)))
                .ifPresent(mistake -> from.object("'from' " + mistake, null));
    }

    private static void checkDelivery(Spot folder) {
        checkTemplates(folder);
        folder.text()
                .flatMap(text -> RelativePath.mistake(Templates.replaced(text, expression -> "x")))
                .ifPresent(mistake -> folder.object("'folder' " + mistake, null));
    }

    private static void checkTemplates(Spot spot) {
        Optional<List<String>> mistakes = spot.text().map(Templates::mistakes);
        mistakes.ifPresent(all -> all.forEach(mistake -> spot.object(mistake, null)));
    }
}

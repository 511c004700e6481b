package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.query.RunReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What a request is about that was refused before anything looked at it, by its address. */
@Component
final class RequestSubjects {
    private static final Pattern RUN = Pattern.compile("(?:/api/v1)?/runs/([0-9]{1,18})(?:/.*)?");
    private static final Pattern DEFINITION =
            Pattern.compile("(?:/api/v1)?/(?:definitions|schedules)/([a-z0-9-]{1,63})(?:/.*)?");

    private final RunReader runs;
    private final Definitions definitions;

    RequestSubjects(RunReader runs, Definitions definitions) {
        this.runs = runs;
        this.definitions = definitions;
    }

    /**
     * A run or a definition that there is.
     *
     * @param object kind and name
     * @param definition the definition that it belongs to
     */
    record Subject(String object, String definition) {}

    /** What the address names; empty if that is no run and no definition. */
    Optional<Subject> of(String path) {
        Matcher run = RUN.matcher(path);
        if (run.matches()) {
            return runs.find(Long.parseLong(run.group(1)))
                    .map(found -> new Subject("run " + found.id(), found.definition()));
        }
        Matcher definition = DEFINITION.matcher(path);
        return definition.matches()
                ? definitions
                        .find(definition.group(1))
                        .map(found -> new Subject("definition " + found.name(), found.name()))
                : Optional.empty();
    }
}

package dev.bes.orchestrator.web.api.explain;

import dev.bes.api.installation.ExplanationJson;
import dev.bes.api.installation.ExplanationJson.CauseJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.explain.Cause;
import dev.bes.orchestrator.explain.Cause.Reference;
import dev.bes.orchestrator.explain.Explanation;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.security.Requires;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Explains why something did, or did not, run, for programs. */
@RestController
final class ExplainApi {
    private final Explanations explanations;

    ExplainApi(Explanations explanations) {
        this.explanations = explanations;
    }

    @GetMapping("/api/v1/explain")
    @Requires(Role.VIEWER)
    ExplanationJson explain(@ModelAttribute ExplainQuery query, Access access) {
        Explanation explanation = explanations.of(query, access);
        return new ExplanationJson(
                explanation.subject(),
                explanation.answer(),
                explanation.causes().stream().map(ExplainApi::json).toList());
    }

    private static CauseJson json(Cause cause) {
        Map<String, String> links = new LinkedHashMap<>();
        cause.references().forEach(reference -> link(links, reference));
        return new CauseJson(cause.code().word(), cause.text(), cause.since(), cause.until(), links);
    }

    private static void link(Map<String, String> links, Reference reference) {
        String name = reference.name();
        switch (reference.kind()) {
            case RUN -> links.putIfAbsent("run", address("/api/v1/runs/{run}", name));
            case FILE -> links.put("file", address("/api/v1/files?name={name}", name));
            case DEFINITION -> links.put("definition", address("/api/v1/definitions/{name}", name));
            case SCHEDULE ->
                links.put("schedule", address("/api/v1/schedules/{definition}/{name}", (Object[]) name.split("/", 2)));
            case FIRES ->
                links.put("fires", address("/api/v1/fires?definition={definition}&schedule={name}", (Object[])
                        name.split("/", 2)));
            case ENDPOINT -> links.put("endpoints", address("/api/v1/endpoints"));
            case POOL -> links.put("pools", address("/api/v1/pools"));
            case NODE -> links.put("nodes", address("/api/v1/nodes"));
        }
    }

    private static String address(String path, Object... values) {
        return Address.of(UriComponentsBuilder.fromUriString(path)
                .encode()
                .buildAndExpand(values)
                .toUriString());
    }
}

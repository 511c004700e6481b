package dev.bes.sandbox.workspace;

import dev.bes.sandbox.request.Segments;
import dev.bes.sandbox.settings.Assumptions;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an address below {@code /workspaces/{id}/webservices}.
 *
 * @param service the id of the service; empty for all of them
 * @param endpoints whether endpoints are asked for
 * @param endpoint the name or the id of one endpoint; empty for all of them
 * @param apiDocument whether its description is asked for
 */
record WorkspaceAddress(String workspace, String service, boolean endpoints, String endpoint, boolean apiDocument) {

    private static final List<String> WORDS =
            List.of("workspaces", "", "webservices", "", "endpoints", "", "apidocument");

    /** The parts of a raw path; empty when it is no such address. */
    static Optional<WorkspaceAddress> of(String path, Assumptions assumptions) {
        Segments parts = Segments.of(path, assumptions);
        boolean known = parts.size() >= 3 && parts.size() <= WORDS.size();
        for (int i = 0; known && i < parts.size(); i++) {
            String word = WORDS.get(i);
            known = word.isEmpty() ? !parts.id(i).isEmpty() : parts.is(i, word);
        }
        return known
                ? Optional.of(
                        new WorkspaceAddress(parts.id(1), parts.id(3), parts.size() > 4, parts.id(5), parts.size() > 6))
                : Optional.empty();
    }
}

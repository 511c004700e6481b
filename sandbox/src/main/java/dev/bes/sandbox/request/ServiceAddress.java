package dev.bes.sandbox.request;

import dev.bes.sandbox.settings.Assumptions;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an address of a service. A slash at the end makes no difference.
 *
 * @param classic whether the address is of the classic form, with a workspace
 * @param group id of the workspace or the subscription
 * @param service id of the service
 * @param operation what follows the service, without slashes around it and with a star for the id of a job
 * @param job id of the job, or an empty text
 */
public record ServiceAddress(boolean classic, String group, String service, String operation, String job) {

    private static final List<String> OPERATIONS = List.of("swagger.json", "execute", "jobs", "jobs/*", "jobs/*/start");
    private static final int HEAD = 4;

    /** The parts of a raw path; empty when it is no address of a service. */
    public static Optional<ServiceAddress> of(String path, Assumptions assumptions) {
        Segments parts = Segments.of(path, assumptions);
        boolean classic = parts.is(0, "workspaces");
        if (parts.size() < HEAD || !parts.is(2, "services") || (!classic && !parts.is(0, "subscriptions"))) {
            return Optional.empty();
        }
        return Optional.of(new ServiceAddress(classic, parts.id(1), parts.id(3), operation(parts), parts.id(HEAD + 1)));
    }

    private static String operation(Segments parts) {
        return OPERATIONS.stream()
                .filter(operation -> matches(parts, List.of(operation.split("/", -1))))
                .findFirst()
                .orElse("");
    }

    private static boolean matches(Segments parts, List<String> operation) {
        boolean same = parts.size() - HEAD == operation.size();
        for (int i = 0; same && i < operation.size(); i++) {
            same = operation.get(i).equals("*") || parts.is(HEAD + i, operation.get(i));
        }
        return same;
    }
}

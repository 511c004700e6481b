package dev.bes.sandbox.request;

import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RequestAnswer.AddressCase;
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
        List<String> parts = List.of(path.replaceAll("^/|/$", "").split("/", -1));
        if (parts.size() < HEAD || !is(parts.get(2), "services", assumptions)) {
            return Optional.empty();
        }
        boolean classic = is(parts.getFirst(), "workspaces", assumptions);
        if (!classic && !is(parts.getFirst(), "subscriptions", assumptions)) {
            return Optional.empty();
        }
        List<String> rest = parts.subList(HEAD, parts.size());
        return Optional.of(new ServiceAddress(
                classic,
                Guids.issued(parts.get(1), assumptions),
                Guids.issued(parts.get(3), assumptions),
                operation(rest, assumptions),
                rest.size() < 2 ? "" : Guids.issued(rest.get(1), assumptions)));
    }

    private static String operation(List<String> rest, Assumptions assumptions) {
        return OPERATIONS.stream()
                .filter(operation -> matches(rest, List.of(operation.split("/", -1)), assumptions))
                .findFirst()
                .orElse("");
    }

    private static boolean matches(List<String> rest, List<String> operation, Assumptions assumptions) {
        boolean same = rest.size() == operation.size();
        for (int i = 0; same && i < rest.size(); i++) {
            same = operation.get(i).equals("*") || is(rest.get(i), operation.get(i), assumptions);
        }
        return same;
    }

    private static boolean is(String part, String literal, Assumptions assumptions) {
        String decoded = Guids.decoded(part);
        return assumptions.has(AddressCase.IGNORED) ? decoded.equalsIgnoreCase(literal) : decoded.equals(literal);
    }
}

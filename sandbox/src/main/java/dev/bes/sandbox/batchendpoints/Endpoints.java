package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.management.ManagementError;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The services that are batch endpoints under their names: those with one input, and with a name that an endpoint may have. Source:
 * "manage quotas" for the names, "access data for batch endpoints" for the one input of a model deployment.
 */
final class Endpoints {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{2,31}");

    private final List<WebService> services;

    Endpoints(Catalogue catalogue) {
        this.services = catalogue.services().stream()
                .filter(it -> it.inputs().size() == 1 && NAME.matcher(it.name()).matches())
                .toList();
    }

    List<WebService> all() {
        return services;
    }

    /** @throws ManagementError 404 when there is none of that name */
    WebService named(String name) {
        return services.stream()
                .filter(it -> it.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> ManagementError.notFound("There is no batch endpoint of this name."));
    }
}

package dev.bes.sandbox.managedapi.read;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The address of a backend. The sandbox stands for the hosts of Azure Machine Learning only, and calls none of them: an
 * address elsewhere is a mistake.
 */
final class BackendAddress {

    private static final String HOSTS = ".services.azureml.net";

    private BackendAddress() {}

    /** The address without a slash at its end; empty when it is a mistake, which is reported. */
    static Optional<URI> of(String text, BiConsumer<String, String> report) {
        try {
            URI address = new URI(text.replaceAll("/+$", ""));
            String host = address.getHost();
            boolean plain = address.getRawQuery() == null && address.getRawFragment() == null;
            if (plain && "https".equals(address.getScheme()) && host != null && host.endsWith(HOSTS)) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        report.accept(
                "the sandbox has no backend at '" + text + "'",
                "write https://{region}" + HOSTS + ", which the sandbox stands for, with a path if you need one");
        return Optional.empty();
    }
}

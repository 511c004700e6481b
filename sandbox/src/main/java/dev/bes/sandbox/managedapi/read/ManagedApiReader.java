package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.Mistakes;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.document.YamlReader;
import dev.bes.sandbox.managedapi.InvalidManagedApiException;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.PolicyDocument;
import dev.bes.sandbox.managedapi.Product;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a managed API: {@code openapi.yaml}, {@code api.yaml}, {@code products.yaml}, and below {@code policies} the
 * documents {@code global.xml}, {@code api.xml}, {@code products/….xml} and {@code operations/….xml}.
 */
public final class ManagedApiReader {

    private static final String OPERATIONS = "policies/operations";
    private static final ManagedApi BUNDLED = read(Documents.bundled());

    private final Documents documents;
    private final Mistakes mistakes = new Mistakes();

    private ManagedApiReader(Documents documents) {
        this.documents = documents;
    }

    /** The managed API that comes with the sandbox. */
    public static ManagedApi bundled() {
        return BUNDLED;
    }

    /**
     * Reads the documents.
     *
     * @throws InvalidManagedApiException when they have mistakes
     * @throws java.io.UncheckedIOException when a file cannot be read
     */
    public static ManagedApi read(Documents documents) {
        return new ManagedApiReader(documents).read();
    }

    private ManagedApi read() {
        Optional<YamlNode> openApi = yaml("openapi.yaml");
        Optional<YamlNode> settings = yaml("api.yaml");
        Optional<YamlNode> productList = yaml("products.yaml");
        List<Operation> operations = openApi.map(OpenApiReader::operations).orElse(List.of());
        PolicyReader policies = new PolicyReader(mistakes, targets(settings, operations));
        List<Product> products = productList
                .map(it -> new ProductsReader(documents, policies, mistakes).read(it))
                .orElse(List.of());
        PolicyDocument global = document("policies/global.xml", PolicyReader.Scope.GLOBAL, policies);
        PolicyDocument ofApi = document("policies/api.xml", PolicyReader.Scope.API, policies);
        Map<String, PolicyDocument> ofOperations = operationPolicies(operations, policies);
        URI backend = openApi.flatMap(OpenApiReader::backend).orElse(null);
        Optional<ManagedApi> api = settings.map(it -> api(
                it,
                backend,
                operations,
                products,
                Objects.requireNonNullElse(global, PolicyDocument.GLOBAL_DEFAULT),
                ofApi,
                ofOperations));
        if (!mistakes.sorted().isEmpty()) {
            throw new InvalidManagedApiException(mistakes.sorted());
        }
        return api.orElseThrow();
    }

    private Optional<YamlNode> yaml(String name) {
        Optional<String> text = documents.text(name);
        if (text.isEmpty()) {
            mistakes.add(name, 1, 1, "the file is missing", "write it, or copy the one that comes with the sandbox");
        }
        return text.flatMap(it -> YamlReader.read(name, it, mistakes));
    }

    private static ManagedApi api(
            YamlNode settings,
            @Nullable URI backend,
            List<Operation> operations,
            List<Product> products,
            PolicyDocument global,
            @Nullable PolicyDocument policies,
            Map<String, PolicyDocument> operationPolicies) {
        settings.allow(
                "name",
                "displayName",
                "description",
                "path",
                "protocols",
                "subscriptionRequired",
                "subscriptionKeyParameterNames");
        Optional<YamlNode> keys = settings.find("subscriptionKeyParameterNames");
        keys.ifPresent(it -> it.allow("header", "query"));
        return new ManagedApi(
                settings.text("name"),
                settings.text("displayName"),
                settings.text("description", ""),
                path(settings),
                backend,
                settings.truth("subscriptionRequired", true),
                keys.map(it -> it.text("header")).orElse("Ocp-Apim-Subscription-Key"),
                keys.map(it -> it.text("query")).orElse("subscription-key"),
                operations,
                products,
                global,
                policies,
                operationPolicies);
    }

    private static LimitTargets targets(Optional<YamlNode> settings, List<Operation> operations) {
        return new LimitTargets(
                settings.map(it -> it.text("name", "")).orElse(""),
                settings.map(it -> it.text("displayName", "")).orElse(""),
                operations);
    }

    private static String path(YamlNode settings) {
        String path = settings.text("path");
        if (!path.matches("[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*")) {
            settings.find("path")
                    .ifPresent(it -> it.report(
                            "'" + path + "' is no URL suffix",
                            "write letters, digits, '-', '.', '_', and '/' between"));
        }
        return path;
    }

    private @Nullable PolicyDocument document(String file, PolicyReader.Scope scope, PolicyReader policies) {
        return documents
                .text(file)
                .map(text -> policies.read(file, text, scope))
                .orElse(null);
    }

    private Map<String, PolicyDocument> operationPolicies(List<Operation> operations, PolicyReader policies) {
        Map<String, PolicyDocument> found = new HashMap<>();
        for (String file : documents.xmlIn(OPERATIONS)) {
            String id = file.substring(OPERATIONS.length() + 1, file.length() - ".xml".length());
            if (operations.stream().noneMatch(it -> it.id().equals(id))) {
                mistakes.add(
                        file,
                        1,
                        1,
                        "the API has no operation '" + id + "'",
                        "name the file after an operation: "
                                + String.join(
                                        ", ",
                                        operations.stream().map(Operation::id).toList()));
            }
            PolicyDocument document = document(file, PolicyReader.Scope.OPERATION, policies);
            if (document != null) {
                found.put(id, document);
            }
        }
        return Map.copyOf(found);
    }
}

package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.managedapi.Operation;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the operations of an OpenAPI 3.0 document as API Management imports them. Source: API Management, import
 * restrictions.
 */
final class OpenApiReader {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");
    private static final Set<String> BESIDE_METHODS = Set.of("summary", "description", "parameters");

    private final YamlNode root;
    private final OperationReader reader;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> templates = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    private OpenApiReader(YamlNode root) {
        this.root = root;
        Map<String, YamlNode> schemas = root.find("components")
                .flatMap(it -> it.find("schemas"))
                .map(YamlNode::entries)
                .orElse(Map.of());
        this.reader = new OperationReader(new Schemas(schemas));
    }

    static List<Operation> operations(YamlNode root) {
        return new OpenApiReader(root).read();
    }

    /** The first https server: API Management takes it as the backend's address. */
    static Optional<URI> backend(YamlNode root) {
        return root.find("servers").map(YamlNode::elements).orElse(List.of()).stream()
                .flatMap(server -> server.find("url").stream())
                .filter(url -> url.text().startsWith("https://"))
                .findFirst()
                .flatMap(url -> BackendAddress.of(url.text(), url::report));
    }

    private List<Operation> read() {
        String version = root.text("openapi");
        if (!version.isEmpty() && !version.matches("3\\.0\\.\\d+")) {
            root.find("openapi")
                    .ifPresent(at -> at.report("OpenAPI " + version + " is not supported", "write openapi: 3.0.1"));
        }
        if (root.entries().containsKey("x-ms-paths")) {
            root.keyNode("x-ms-paths").report("x-ms-paths is not supported", "move its operations to 'paths'");
        }
        root.require("paths").ifPresent(this::paths);
        return List.copyOf(operations);
    }

    private void paths(YamlNode paths) {
        paths.entries().forEach((path, item) -> {
            if (!path.startsWith("/") || path.contains("?")) {
                paths.keyNode(path)
                        .report("'" + path + "' is no path", "start it with '/', and write the query as parameters");
            }
            item.entries().forEach((key, operation) -> {
                if (METHODS.contains(key)) {
                    add(paths.keyNode(path), reader.read(path, item, key, operation), operation);
                } else if (!BESIDE_METHODS.contains(key) && !key.startsWith("x-")) {
                    item.keyNode(key)
                            .report(
                                    "API Management does not take '" + key + "' in a path",
                                    "remove it; known are parameters and the HTTP methods");
                }
            });
        });
    }

    private void add(YamlNode path, Operation operation, YamlNode at) {
        operations.add(operation);
        YamlNode id = at.find("operationId").orElse(at);
        String sameId = ids.putIfAbsent(operation.id(), operation.displayName());
        if (sameId != null) {
            id.report(
                    "the operation '" + sameId + "' has the id '" + operation.id() + "' already",
                    "give each operation an operationId of its own");
        }
        String sameTemplate = templates.putIfAbsent(shape(operation), operation.displayName());
        if (sameTemplate != null && sameId == null) {
            path.report(
                    "the operation '" + sameTemplate + "' has the same method and URL template",
                    "change one of them, or remove it");
        }
    }

    /** What decides which calls an operation matches: the names of path parameters do not. */
    private static String shape(Operation operation) {
        List<String> query = operation.templateQuery().stream()
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return operation.method() + " " + operation.path().replaceAll("\\{[^}]*}", "{}") + " " + query;
    }
}

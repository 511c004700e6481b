package dev.bes.orchestrator.web.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The OpenAPI document of a running node, as springdoc reads it from the handlers. What it cannot know is added: what each
 * record and each call is for (from their Javadoc), what may be null, how callers sign in, and the problems.
 */
final class ApiDocument {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();
    private static final Path RECORDS = Path.of("../api/src/main/java/dev/bes/api");
    private static final Pattern PARAM = Pattern.compile("(?s)@param (\\w+) (.*?)(?=@param|$)");
    private static final Pattern RECORD =
            Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s*)*public record (\\w+)");
    private static final Pattern CALL = Pattern.compile(
            "(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*@(Get|Post|Put|Delete|Patch)Exchange\\((?:url = )?\"([^\"]*)\"");
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    /** Calls whose answers are read as streams: no interface of the client declares them. */
    private static final Map<String, String> STREAMED = Map.of(
            "get /api/v1/audit.jsonl",
                    "Returns the whole audit, or what the filters leave of it, as JSON lines: newest first.",
            "get /api/v1/runs/events",
                    "Tells each move of all runs that the caller may see, from now on or after an id.",
            "get /api/v1/runs/{}/events", "Tells each move of a run, from its first one or after an id, until it ends.",
            "get /api/v1/runs/{}/scorings/{}/outputs/{}", "Returns a delivered output, whole or a range of its bytes.");

    private static final String IF_MATCH =
            "the ETag that the caller has seen; if it is another one now, the change is refused with 412";

    private final ObjectNode root;
    private final Map<String, Class<?>> records = new HashMap<>();
    private final Map<String, String> purposes = new HashMap<>();

    private final Map<String, Listed> lists;

    private ApiDocument(ObjectNode root, Map<String, Listed> lists) {
        this.root = root;
        this.lists = lists;
        purposes.putAll(STREAMED);
        collectRecords();
    }

    /** The document of a node that is started for it. */
    static ObjectNode of(Path folder) {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Access.class, ListQuery.class);
        try {
            Files.createDirectories(folder.resolve("definitions"));
            try (OrchestratorNode node = OrchestratorNode.start(
                    folder,
                    TestEnvironment.newDatabase(),
                    Map.of(
                            "spring.mvc.servlet.load-on-startup", "1",
                            "springdoc.api-docs.enabled", "true",
                            "springdoc.api-docs.version", "openapi_3_1",
                            "springdoc.paths-to-match", "/api/v1/**",
                            "springdoc.override-with-generic-response", "false",
                            "springdoc.default-produces-media-type", "application/json"))) {
                byte[] json = node.part(OpenApiWebMvcResource.class)
                        .openapiJson(new MockHttpServletRequest(), "/v3/api-docs", Locale.ENGLISH);
                return new ApiDocument((ObjectNode) JSON.readTree(json), lists(node)).completed();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calls whose items have fields to choose from, by method and path. */
    private static Map<String, Listed> lists(OrchestratorNode node) {
        Map<String, Listed> lists = new HashMap<>();
        node.part(DispatcherServlet.class).getHandlerMappings().stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .map(RequestMappingHandlerMapping.class::cast)
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .forEach(handler -> {
                    Listed list = handler.getValue().getMethodAnnotation(Listed.class);
                    if (list != null) {
                        String path =
                                handler.getKey().getPatternValues().iterator().next();
                        lists.put("get " + plain(path), list);
                    }
                });
        return lists;
    }

    private static String plain(String path) {
        return path.replaceAll("\\{(\\w+):[^/]*}(?=/|$)", "{$1}");
    }

    static String yaml(JsonNode document) {
        return YAML.writeValueAsString(document);
    }

    static ObjectNode read(Path file) throws IOException {
        return (ObjectNode) YAML.readTree(Files.readString(file));
    }

    private ObjectNode completed() {
        ObjectNode document = JSON.createObjectNode();
        document.put("openapi", "3.1.0");
        document.set("info", JSON.readTree("""
                {"title": "BES Orchestrator", "version": "1.0.0",
                 "description": "Starts, watches and repeats runs of scorings. Conventions and examples: docs/api.md."}\
                """));
        document.set("servers", JSON.readTree("[{\"url\": \"/\", \"description\": \"this service\"}]"));
        document.set("security", JSON.readTree("[{\"key\": []}, {\"session\": []}]"));
        document.set("paths", paths());
        document.set("components", components());
        return (ObjectNode) sorted(document, false);
    }

    private ObjectNode paths() {
        ObjectNode paths = JSON.createObjectNode();
        new TreeMap<>(fields(root.path("paths"))).forEach((path, item) -> {
            String plain = path.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
            for (String method : METHODS) {
                if (item.has(method)) {
                    operation(plain, method, (ObjectNode) item.get(method));
                }
            }
            paths.set(plain, item);
        });
        return paths;
    }

    private void operation(String path, String method, ObjectNode operation) {
        operation.remove("tags");
        String name = path.replace("/api/v1/", "").replaceAll("[{}]", "").replaceAll("[^A-Za-z]+(\\w)?", "-$1");
        operation.put("operationId", camel(method + "-" + name));
        operation.putArray("tags").add(path.split("/", -1)[3].replaceFirst("\\..*", ""));
        String purpose = purposes.get(method + " " + path.replaceAll("\\{\\w+}", "{}"));
        if (purpose != null) {
            operation.put("summary", purpose);
        }
        ObjectNode responses = (ObjectNode) operation.path("responses");
        responses.set("4XX", JSON.createObjectNode().put("$ref", "#/components/responses/Problem"));
        responses.set("5XX", JSON.createObjectNode().put("$ref", "#/components/responses/Problem"));
        if (method.equals("post")) {
            bodies(path, operation);
        }
        if (method.equals("put") || path.endsWith("/pools/{name}/remove")) {
            header(operation, "If-Match", IF_MATCH);
        }
        Listed list = lists.get(method + " " + path);
        if (list != null) {
            chooses(operation, list);
        }
        answers(path, method, operation, responses);
    }

    private static void bodies(String path, ObjectNode operation) {
        if (path.equals("/api/v1/runs") || path.endsWith("/rerun")) {
            header(operation, "Idempotency-Key", "repeating a request with the same key makes no second run");
        }
        if (path.equals("/api/v1/backfills")) {
            header(operation, "Idempotency-Key", "repeating a request with the same key makes no second backfill");
        }
        if (path.equals("/api/v1/users") || path.equals("/api/v1/keys")) {
            header(
                    operation,
                    "Idempotency-Key",
                    "repeating a request with the same key makes nothing twice; it is answered with 409, made-before");
        }
        if (path.equals("/api/v1/runs")) {
            header(operation, "Prefer", "wait=N answers when the run has ended, or after N seconds, at most 60");
            ObjectNode content = (ObjectNode) operation.path("requestBody").path("content");
            // named, so that generators take the two kinds of bodies apart
            content.set(
                    "multipart/form-data",
                    JSON.readTree("{\"schema\": {\"$ref\": \"#/components/schemas/NewRunForm\"}}"));
        }
        if (path.matches(".*/schedules/.+/(pause|resume)") && path.contains("{")) {
            header(operation, "If-Match", IF_MATCH);
        }
        operation.path("requestBody").path("content").forEachEntry((type, body) -> {
            if (type.contains("yaml") || type.equals("text/plain")) {
                ((ObjectNode) body).set("schema", JSON.createObjectNode().put("type", "string"));
            } else if (body.path("schema").path("format").asString("").equals("binary")) {
                ((ObjectNode) body).set("schema", JSON.readTree("{\"type\": \"object\", \"maxProperties\": 0}"));
            }
        });
    }

    private static void answers(String path, String method, ObjectNode operation, ObjectNode responses) {
        if (method.equals("post") && (path.equals("/api/v1/runs") || path.endsWith("/rerun"))) {
            responses.remove("200");
            responses.set("201", JSON.readTree("""
                    {"description": "Created, or found by the idempotency key", "content": {"application/json":
                      {"schema": {"$ref": "#/components/schemas/AcceptedRunJson"}}}}\
                    """));
        }
        if (method.equals("post") && path.matches("/api/v1/(users|keys|backfills)")) {
            responses.set("201", responses.remove("200"));
        }
        if (path.endsWith("/events")) {
            responses.set("200", JSON.readTree("""
                    {"description": "Server-sent events; the data of each is a RunEventJson, its id the number of the entry",
                     "content": {"text/event-stream": {"schema": {"type": "string"}}}}\
                    """));
            responses.set(
                    "204", JSON.createObjectNode().put("description", "The run has ended and has no more events"));
        }
        if (path.endsWith(".jsonl")) {
            responses.set("200", JSON.readTree("""
                    {"description": "One AuditEntryJson in each line", "content": {"application/jsonl": {"schema": {"type": "string"}}}}\
                    """));
        }
        if (path.contains("/outputs/")) {
            responses.set("200", JSON.readTree("""
                    {"description": "The file", "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}}\
                    """));
            responses.set("206", JSON.readTree("""
                    {"description": "A part of it", "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}}\
                    """));
        }
        if (method.equals("get")) {
            responses.set("304", JSON.createObjectNode().put("description", "It still has the ETag in If-None-Match"));
        }
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asString().equals("header")
                    && parameter.path("name").asString().equals("asked")) {
                ((ObjectNode) parameter).put("name", "Range");
            }
            // read as texts, so that the service says what is wrong with them
            String schema = switch (parameter.path("name").asString()) {
                case "before", "after" -> "{\"type\": [\"integer\", \"null\"], \"format\": \"int64\"}";
                case "attention" -> "{\"type\": [\"boolean\", \"null\"]}";
                default -> null;
            };
            if (schema != null) {
                ((ObjectNode) parameter).set("schema", JSON.readTree(schema));
            }
        });
    }

    /** Adds what every list takes beside its filters. */
    private static void chooses(ObjectNode operation, Listed list) {
        query(
                operation,
                "fields",
                "the fields of each item to show, with commas between them; all others are left out, required ones too",
                "{\"type\": \"string\"}");
        if (list.sort().length == 0) {
            return;
        }
        query(
                operation,
                "limit",
                "how many items at most",
                "{\"type\": \"integer\", \"format\": \"int32\", \"minimum\": 1, \"maximum\": %d, \"default\": %d}"
                        .formatted(list.most(), list.usual()));
        query(
                operation,
                "cursor",
                "where to go on, as it stands in the address of the next page",
                "{\"type\": \"string\"}");
        String keys = Stream.of(list.sort())
                .map(key -> key.replaceFirst("^-", ""))
                .flatMap(key -> Stream.of("\"" + key + "\"", "\"-" + key + "\""))
                .collect(Collectors.joining(", "));
        query(
                operation,
                "sort",
                "the key to sort by; with a minus from high to low",
                "{\"type\": \"string\", \"enum\": [%s], \"default\": \"%s\"}".formatted(keys, list.sort()[0]));
    }

    private static void query(ObjectNode operation, String name, String purpose, String schema) {
        operation
                .withArray("parameters")
                .addObject()
                .put("name", name)
                .put("in", "query")
                .put("required", false)
                .put("description", purpose)
                .set("schema", JSON.readTree(schema));
    }

    private static void header(ObjectNode operation, String name, String purpose) {
        ArrayNode parameters = operation.withArray("parameters");
        parameters
                .addObject()
                .put("name", name)
                .put("in", "header")
                .put("description", purpose)
                .set("schema", JSON.createObjectNode().put("type", "string"));
    }

    private ObjectNode components() {
        ObjectNode components = JSON.createObjectNode();
        ObjectNode schemas = components.putObject("schemas");
        new TreeMap<>(fields(root.path("components").path("schemas"))).forEach((name, schema) -> {
            describe(name, (ObjectNode) schema);
            schemas.set(name, schema);
        });
        schemas.set("NewRunForm", JSON.readTree("""
                {"type": "object", "required": ["definition"], "description": "A run of files that are sent along",
                 "properties": {
                  "definition": {"type": "string", "description": "name of the definition"},
                  "parameters": {"type": "string", "description": "values for the templates, as a JSON object"},
                  "input1": {"type": "string", "format": "binary",
                    "description": "the file of the input of that name; files of other inputs in parts with their names"}}}\
                """));
        schemas.set("Problem", ProblemSchema.of());
        components.putObject("responses").set("Problem", JSON.readTree("""
                {"description": "Refused; nothing was done. Retry-After says when it may succeed", "content": {"application/problem+json":
                  {"schema": {"$ref": "#/components/schemas/Problem"}}}}\
                """));
        components.set("securitySchemes", JSON.readTree("""
                {"key": {"type": "http", "scheme": "bearer", "description": "an API key, or a token of the sign-in provider"},
                 "session": {"type": "apiKey", "in": "cookie", "name": "SESSION", "description": "the session of a browser"}}\
                """));
        return components;
    }

    private void describe(String name, ObjectNode schema) {
        Class<?> type = records.get(name);
        if (type == null) {
            return;
        }
        if (purposes.containsKey(name)) {
            schema.put("description", purposes.get(name));
        }
        ArrayNode required = JSON.createArrayNode();
        describe(type, schema, required);
        schema.remove("required");
        if (!required.isEmpty() && !type.getSimpleName().startsWith("New")) {
            schema.set("required", required);
        }
    }

    private void describe(Class<?> type, ObjectNode schema, ArrayNode required) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                describe(component.getType(), schema, required);
                continue;
            }
            String name = component.getName();
            ObjectNode property = (ObjectNode) schema.path("properties").path(name);
            if (property.has("$ref")) {
                String reference = property.path("$ref").asString();
                property.removeAll();
                property.put("$ref", reference);
            }
            String purpose = purposes.get(type.getSimpleName() + "." + name);
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (nullable) {
                nullable(property);
            }
            if (purpose != null) {
                property.put("description", purpose);
            }
            if (!component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
                required.add(name);
            }
        }
    }

    private static void nullable(ObjectNode property) {
        if (property.has("$ref")) {
            String reference = property.path("$ref").asString();
            property.removeAll();
            ArrayNode any = property.putArray("anyOf");
            any.addObject().put("$ref", reference);
            any.addObject().put("type", "null");
        } else if (property.path("type").isString()) {
            String type = property.path("type").asString();
            property.putArray("type").add(type).add("null");
            if (property.path("enum") instanceof ArrayNode words) {
                words.addNull();
            }
        }
    }

    private void collectRecords() {
        try (Stream<Path> files = Files.walk(RECORDS)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Json.java")).toList()) {
                String name =
                        RECORDS.relativize(file).toString().replace(".java", "").replace('/', '.');
                collect(Class.forName("dev.bes.api." + name));
                Matcher record = RECORD.matcher(Files.readString(file));
                while (record.find()) {
                    purposes.put(record.group(2), words(record.group(1).split("@param", -1)[0]));
                    Matcher param = PARAM.matcher(record.group(1));
                    while (param.find()) {
                        purposes.put(record.group(2) + "." + param.group(1), words(param.group(2)));
                    }
                }
            }
            for (String resource : List.of("Run", "Definition", "Installation", "Account")) {
                Matcher call = CALL.matcher(Files.readString(RECORDS.resolve("client/" + resource + "Calls.java")));
                while (call.find()) {
                    purposes.put(
                            call.group(2).toLowerCase(Locale.ROOT) + " /api/v1"
                                    + call.group(3).replaceAll("\\{\\w+}", "{}"),
                            words(call.group(1).split("@param", -1)[0]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void collect(Class<?> type) {
        if (type.isRecord()) {
            records.put(type.getSimpleName(), type);
        }
        for (Class<?> nested : type.getDeclaredClasses()) {
            collect(nested);
        }
    }

    private static String words(String javadoc) {
        return javadoc.replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\{@(?:code|link|linkplain) (?:[\\w.#]*[.#])?([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("-", -1)) {
            if (!part.isEmpty()) {
                camel.append(
                        camel.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
            }
        }
        return camel.toString();
    }

    private static Map<String, JsonNode> fields(JsonNode node) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.forEachEntry(fields::put);
        return fields;
    }

    /** Springdoc's order of responses and media types depends on the order of the handlers. */
    private static JsonNode sorted(JsonNode node, boolean sort) {
        if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            Map<String, JsonNode> fields = sort ? new TreeMap<>(fields(node)) : fields(node);
            fields.forEach((name, child) -> copy.set(name, sorted(child, !name.equals("properties"))));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(child -> copy.add(sorted(child, sort)));
            return copy;
        }
        return node;
    }

    static byte[] bytes(JsonNode document) {
        return yaml(document).getBytes(StandardCharsets.UTF_8);
    }
}

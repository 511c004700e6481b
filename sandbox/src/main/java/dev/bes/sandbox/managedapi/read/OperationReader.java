package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.managedapi.MessageBody;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationParameter;
import dev.bes.sandbox.managedapi.OperationParameter.In;
import dev.bes.sandbox.managedapi.OperationResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one operation of an OpenAPI document. */
final class OperationReader {

    private static final Pattern TEMPLATE_PARAMETER = Pattern.compile("\\{([^{}/]+)}");
    private static final int LONGEST_ID = 76;

    private final Schemas schemas;

    OperationReader(Schemas schemas) {
        this.schemas = schemas;
    }

    Operation read(String path, YamlNode item, String method, YamlNode at) {
        String id = id(at.text("operationId", method + "-" + path));
        List<OperationParameter> parameters = parameters(item, at);
        checkTemplate(path, parameters, item);
        return new Operation(
                id,
                at.text("summary", id),
                at.text("description", ""),
                method.toUpperCase(Locale.ROOT),
                path,
                parameters,
                at.find("requestBody").flatMap(this::body).orElse(null),
                responses(at));
    }

    /** API Management normalizes ids like this. Source: import restrictions, "Normalization rules for operationId". */
    private static String id(String operationId) {
        String dashed = operationId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String id = dashed.replaceAll("^-|-$", "");
        return id.substring(0, Math.min(id.length(), LONGEST_ID));
    }

    private List<OperationParameter> parameters(YamlNode item, YamlNode at) {
        Map<String, OperationParameter> parameters = new LinkedHashMap<>();
        Set<String> template = new HashSet<>();
        for (YamlNode source : List.of(item, at)) {
            for (YamlNode each :
                    source.find("parameters").map(YamlNode::elements).orElse(List.of())) {
                parameter(each).ifPresent(it -> {
                    boolean replaces = parameters.put(it.in() + " " + it.name(), it) != null;
                    boolean inTemplate = it.required() && it.in() != In.HEADER;
                    if (inTemplate && !template.add(it.name()) && !replaces) {
                        each.report(
                                "path and query have the same parameter '" + it.name() + "'",
                                "rename one: API Management wants names that are unique in the URL template");
                    }
                });
            }
        }
        return List.copyOf(parameters.values());
    }

    private Optional<OperationParameter> parameter(YamlNode at) {
        if (at.find("$ref").isPresent()) {
            at.report(
                    "a parameter that refers to another place",
                    "write the parameter here: API Management does not read components/parameters");
            return Optional.empty();
        }
        Optional<In> in = in(at);
        String name = at.text("name");
        if (in.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        boolean required = at.truth("required", false);
        if (in.get() == In.PATH && !required) {
            at.report("the path parameter '" + name + "' is not required", "add 'required: true'");
        }
        Optional<YamlNode> schema = at.find("schema");
        return Optional.of(new OperationParameter(
                name,
                in.get(),
                required,
                at.text("description", ""),
                schema.map(it -> it.text("type", "string")).orElse("string"),
                schema.map(it -> it.texts("enum")).orElse(List.of()),
                at.find("example").map(YamlNode::text).orElse(null)));
    }

    private static Optional<In> in(YamlNode at) {
        String text = at.text("in");
        Optional<In> in = switch (text) {
            case "path" -> Optional.of(In.PATH);
            case "query" -> Optional.of(In.QUERY);
            case "header" -> Optional.of(In.HEADER);
            default -> Optional.empty();
        };
        if (in.isEmpty() && !text.isEmpty()) {
            at.report("a parameter in '" + text + "' is not supported", "write path, query or header");
        }
        return in;
    }

    private static void checkTemplate(String path, List<OperationParameter> parameters, YamlNode item) {
        Set<String> declared = new HashSet<>();
        parameters.stream().filter(it -> it.in() == In.PATH).forEach(it -> declared.add(it.name()));
        List<String> inPath = new ArrayList<>();
        Matcher matcher = TEMPLATE_PARAMETER.matcher(path);
        while (matcher.find()) {
            inPath.add(matcher.group(1));
        }
        if (matcher.replaceAll("").matches(".*[{}].*")) {
            item.report("the braces of '" + path + "' do not match", "write each parameter as {name}");
        }
        for (String name : inPath) {
            if (!declared.remove(name)) {
                item.report(
                        "'" + path + "' has the parameter {" + name + "}, which is not declared",
                        "add a parameter 'name: " + name + "' with 'in: path'");
            }
        }
        declared.forEach(name -> item.report(
                "the path parameter '" + name + "' is not in '" + path + "'", "add {" + name + "} to the path"));
    }

    private List<OperationResponse> responses(YamlNode at) {
        List<OperationResponse> responses = new ArrayList<>();
        at.require("responses").map(YamlNode::entries).orElse(Map.of()).forEach((status, response) -> {
            Map<String, String> headers = new LinkedHashMap<>();
            response.find("headers")
                    .map(YamlNode::entries)
                    .orElse(Map.of())
                    .forEach((name, header) -> headers.put(name, header.text("description", "")));
            responses.add(new OperationResponse(
                    status,
                    response.text("description"),
                    headers,
                    body(response).orElse(null)));
        });
        return List.copyOf(responses);
    }

    /** The first media type of a body: the sandbox and its portal speak one. */
    private Optional<MessageBody> body(YamlNode at) {
        return at.find("content").map(YamlNode::entries).orElse(Map.of()).entrySet().stream()
                .findFirst()
                .map(media -> body(media.getKey(), media.getValue()));
    }

    private MessageBody body(String contentType, YamlNode media) {
        Optional<YamlNode> schema = media.find("schema");
        String reference =
                schema.flatMap(it -> it.find("$ref")).map(YamlNode::text).orElse(null);
        return new MessageBody(
                contentType,
                reference == null ? null : reference.substring(reference.lastIndexOf('/') + 1),
                schema.map(schemas::schema).orElseGet(Schemas::any),
                media.find("example").map(Schemas::json).orElse(null));
    }
}

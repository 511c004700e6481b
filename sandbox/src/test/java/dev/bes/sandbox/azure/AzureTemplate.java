package dev.bes.sandbox.azure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Puts the files that main.bicep loads into main.json, as the variables {@code $fxv#0}, {@code $fxv#1}… that the Bicep
 * compiler gives them.
 */
final class AzureTemplate {

    static final Path FOLDER = Path.of("managed-api", "azure");
    static final Path JSON = FOLDER.resolve("main.json");
    static final Path BICEP = FOLDER.resolve("main.bicep");

    private static final String LOADED = "$fxv#";
    private static final Pattern LOAD = Pattern.compile("load(Text|Yaml)Content\\('([^']+)'\\)");
    private static final JsonMapper json = JsonMapper.builder().build();
    private static final YAMLMapper yaml = YAMLMapper.builder().build();

    private AzureTemplate() {}

    /** The template as it is on disk. */
    static ObjectNode read() throws IOException {
        return (ObjectNode) json.readTree(Files.readString(JSON));
    }

    /** The text that main.json should have; it is also left in {@code target/main.json}. */
    static String withLoadedFiles() throws IOException {
        ObjectNode template = read();
        ObjectNode variables = json.createObjectNode();
        Matcher load = LOAD.matcher(Files.readString(BICEP));
        for (int n = 0; load.find(); n++) {
            variables.set(LOADED + n, content(load.group(1), FOLDER.resolve(load.group(2))));
        }
        template.withObject("/variables").properties().stream()
                .filter(variable -> !variable.getKey().startsWith(LOADED))
                .forEach(variable -> variables.set(variable.getKey(), variable.getValue()));
        template.set("variables", variables);
        String text = json.writer().with(layout()).writeValueAsString(template) + "\n";
        Files.writeString(Path.of("target", "main.json"), text);
        return text;
    }

    /** All expressions of the template, such as {@code [parameters('location')]}. */
    static List<String> expressions(JsonNode template) {
        List<String> expressions = new ArrayList<>();
        collect(template, expressions);
        return expressions;
    }

    private static void collect(JsonNode node, List<String> expressions) {
        if (node.isString() && node.stringValue().startsWith("[")) {
            expressions.add(node.stringValue());
        }
        node.forEach(child -> collect(child, expressions));
    }

    /** The paths of the properties of a resource, without those that Bicep says in other words. */
    static Set<String> paths(JsonNode resource) {
        Set<String> paths = new TreeSet<>();
        collect(resource, "", paths);
        paths.removeIf(path -> path.matches("(type|apiVersion|name|scope|dependsOn|copy)(/.*)?"));
        return paths;
    }

    private static void collect(JsonNode node, String prefix, Set<String> paths) {
        node.properties().forEach(property -> {
            paths.add(prefix + property.getKey());
            collect(property.getValue(), prefix + property.getKey() + "/", paths);
        });
    }

    /** The expression for the id of a resource, as the Bicep compiler writes it. */
    static String id(JsonNode resource) {
        String type = resource.path("type").stringValue();
        String name = resource.path("name").stringValue().replaceAll("^\\[(?:format\\('[^']*', )?|]$", "");
        String names = resource.path("name").stringValue().startsWith("[format(") ? name.replaceAll("\\)$", "") : name;
        String scope = resource.path("scope").asString("").replaceAll("^\\[|]$", "");
        return scope.isEmpty()
                ? "[resourceId('%s', %s)]".formatted(type, names)
                : "[extensionResourceId(%s, '%s', %s)]".formatted(scope, type, names);
    }

    private static JsonNode content(String kind, Path file) throws IOException {
        String text = Files.readString(file);
        return kind.equals("Text") ? StringNode.valueOf(text) : yaml.readTree(text);
    }

    private static DefaultPrettyPrinter layout() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
        return new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    }
}

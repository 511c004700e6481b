package dev.bes.sandbox.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds the ARM template against the Bicep file, and both against the files of the managed API. */
class AzureTemplateTests {

    private static final Path DEFINITION = Path.of("managed-api");
    private static final Set<String> FUNCTIONS = Set.of(
            "copyIndex",
            "createObject",
            "environment",
            "extensionResourceId",
            "flatten",
            "format",
            "guid",
            "lambda",
            "lambdaVariables",
            "length",
            "listKeys",
            "listSecrets",
            "map",
            "parameters",
            "reference",
            "replace",
            "resourceGroup",
            "resourceId",
            "subscriptionResourceId",
            "tenant",
            "uniqueString",
            "variables");
    private static final Map<String, String> TYPES = Map.of("string", "string", "int", "int");

    /** The ids that learn.microsoft.com documents as built-in roles. */
    private static final Map<String, String> ROLES = Map.of(
            "storageBlobDataContributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "keyVaultSecretsUser", "4633458b-17de-408a-b874-0445c86b69e6");

    private final ObjectNode template = AzureTemplate.read();
    private final BicepFile bicep = new BicepFile(AzureTemplate.BICEP);

    AzureTemplateTests() throws IOException {}

    @Test
    void inlinesTheFilesThatTheBicepLoads() throws IOException {
        assertThat(Files.readString(AzureTemplate.JSON))
                .as("main.json is stale: cp sandbox/target/main.json sandbox/managed-api/azure/main.json")
                .isEqualTo(AzureTemplate.withLoadedFiles());
        assertThat(variables()).filteredOn(name -> name.startsWith("$fxv#")).hasSize(6);
        assertThat(template.path("variables").path("$fxv#1").stringValue())
                .isEqualTo(Files.readString(DEFINITION.resolve("openapi.yaml")))
                .doesNotStartWith("[")
                .hasSizeLessThan(131_072);
    }

    @Test
    void isAnArmTemplate() {
        assertThat(template.propertyNames())
                .containsExactly(
                        "$schema", "contentVersion", "metadata", "parameters", "variables", "resources", "outputs");
        assertThat(template.path("$schema").stringValue())
                .isEqualTo("https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#");
        for (JsonNode resource : template.path("resources")) {
            assertThat(resource.propertyNames()).contains("type", "apiVersion", "name");
            assertThat(resource.path("apiVersion").stringValue()).matches("\\d{4}-\\d\\d-\\d\\d");
            String name = resource.path("name").stringValue();
            if (name.startsWith("[format(")) {
                assertThat(name.replaceAll("\\D*'((?:\\{\\d}/?)+)'.*", "$1").split("/"))
                        .as("a segment for each part of the type: %s", name)
                        .hasSize(resource.path("type").stringValue().split("/").length - 1);
            }
        }
    }

    @Test
    void hasTheParametersOfTheBicepEachWithADescription() {
        assertThat(template.path("parameters").propertyNames())
                .containsExactlyElementsOf(bicep.parameters().stream()
                        .map(BicepFile.Parameter::name)
                        .toList());
        for (BicepFile.Parameter parameter : bicep.parameters()) {
            JsonNode same = template.path("parameters").path(parameter.name());
            assertThat(same.path("type").stringValue())
                    .isEqualTo(parameter.secure() ? "securestring" : TYPES.get(parameter.type()));
            assertThat(same.path("metadata").path("description").stringValue())
                    .isEqualTo(parameter.description())
                    .endsWith(".");
            assertThat(texts(same.path("allowedValues"))).isEqualTo(parameter.allowed());
            assertThat(limits(same)).isEqualTo(parameter.limits());
            assertThat(same.has("defaultValue"))
                    .isEqualTo(!parameter.defaultValue().equals("null"));
            if (parameter.defaultValue().matches("'[^$]*'|\\d+")) {
                assertThat(same.path("defaultValue").asString())
                        .isEqualTo(parameter.defaultValue().replace("'", ""));
            }
        }
    }

    @Test
    void hasTheResourcesOfTheBicepPropertyByProperty() {
        List<BicepFile.Resource> wanted = bicep.resources();
        assertThat(wanted).hasSize(bicep.text().split("\nresource ").length - 1);
        assertThat(template.path("resources")).hasSize(wanted.size());
        for (int n = 0; n < wanted.size(); n++) {
            BicepFile.Resource resource = wanted.get(n);
            JsonNode same = template.path("resources").path(n);
            assertThat(same.path("type").stringValue() + "@"
                            + same.path("apiVersion").stringValue())
                    .isEqualTo(resource.type() + "@" + resource.apiVersion());
            assertThat(AzureTemplate.paths(same))
                    .as(resource.symbol())
                    .isEqualTo(resource.properties().keySet());
            resource.properties()
                    .forEach((path, expression) -> bicep.arm(expression, resource.loop())
                            .ifPresent(value -> assertThat(same.at("/" + path).asString())
                                    .as("%s: %s", resource.symbol(), path)
                                    .isEqualTo(value)));
            boolean loop = !resource.loop().equals("null");
            assertThat(same.path("copy").path("name").asString("")).isEqualTo(loop ? resource.symbol() : "");
            assertThat(same.path("copy").path("count").asString(""))
                    .isEqualTo(loop ? "[length(variables('" + resource.loop() + "'))]" : "");
            assertThat(same.path("dependsOn").size())
                    .as(resource.symbol())
                    .isGreaterThanOrEqualTo(resource.dependsOn().size());
        }
    }

    @Test
    void dependsOnlyOnResourcesThatThereAre() {
        Set<String> known = new TreeSet<>();
        for (JsonNode resource : template.path("resources")) {
            known.add(AzureTemplate.id(resource));
            known.add(resource.path("copy").path("name").asString(""));
        }
        for (JsonNode resource : template.path("resources")) {
            assertThat(known).as("%s", resource.path("name")).containsAll(texts(resource.path("dependsOn")));
            String scope = resource.path("scope").asString("");
            assertThat(scope.isEmpty() || known.contains(scope)).as(scope).isTrue();
        }
    }

    @Test
    void usesEveryParameterAndVariableAndKnownFunctionsOnly() {
        String expressions = String.join("\n", AzureTemplate.expressions(template));
        assertThat(found("parameters\\('([^']+)'\\)", expressions))
                .isEqualTo(new TreeSet<>(template.path("parameters").propertyNames()));
        assertThat(found("variables\\('([^']+)'\\)", expressions)).isEqualTo(new TreeSet<>(variables()));
        assertThat(variables()).filteredOn(name -> !name.startsWith("$")).containsExactlyElementsOf(bicep.variables());
        assertThat(FUNCTIONS).containsAll(found("([A-Za-z]+)\\(", expressions.replaceAll("'[^']*'", "''")));
        for (String expression : AzureTemplate.expressions(template)) {
            assertThat(expression).endsWith("]");
            String code = expression.replaceAll("'[^']*'", "");
            assertThat(code.chars().filter(c -> c == '(').count())
                    .as(expression)
                    .isEqualTo(code.chars().filter(c -> c == ')').count());
        }
    }

    @Test
    void givesOnlyTheDocumentedRoles() {
        ROLES.forEach((name, id) -> {
            assertThat(template.path("variables").path(name).stringValue()).isEqualTo(id);
            assertThat(bicep.text()).contains("var " + name + " = '" + id + "'");
        });
        assertThat(found("([0-9a-f]{8}-[0-9a-f-]{27})", bicep.text())).isEqualTo(new TreeSet<>(ROLES.values()));
        List<String> assignments = new ArrayList<>();
        for (JsonNode resource : template.path("resources")) {
            if (resource.path("type").stringValue().endsWith("/roleAssignments")) {
                String scope = resource.path("scope").stringValue().replaceAll(".*resourceId\\('([^']+)'.*", "$1");
                assignments.add(scope + " "
                        + found(
                                "variables\\('(\\w+)'",
                                resource.path("properties").toString()));
            }
        }
        assertThat(assignments)
                .containsExactly(
                        "Microsoft.KeyVault/vaults/secrets [keyVaultSecretsUser]",
                        "Microsoft.KeyVault/vaults [keyVaultSecretsUser]",
                        "Microsoft.Storage/storageAccounts/blobServices/containers [storageBlobDataContributor]");
    }

    @Test
    void keepsSecretsInTheKeyVaultOnly() {
        for (JsonNode resource : template.path("resources")) {
            if (!resource.path("type").stringValue().equals("Microsoft.KeyVault/vaults/secrets")) {
                assertThat(resource.toString()).doesNotContain("listKeys", "listSecrets", "parameters('serviceKey')");
            }
        }
        assertThat(template.path("outputs").toString())
                .doesNotContainIgnoringCase("listKeys", "listSecrets", "serviceKey", "AccountKey", "secureString");
        assertThat(template.path("parameters").path("serviceKey").has("defaultValue"))
                .isFalse();
        assertThat(template.path("outputs").propertyNames())
                .containsExactlyElementsOf(
                        bicep.outputs().stream().map(BicepFile.Output::name).toList());
        for (BicepFile.Output output : bicep.outputs()) {
            JsonNode same = template.path("outputs").path(output.name());
            assertThat(same.path("type").stringValue()).isEqualTo(output.type());
            assertThat(same.path("metadata").path("description").stringValue())
                    .isEqualTo(output.description())
                    .endsWith(".");
            assertThat(output.value()).doesNotContain("list", "serviceKey");
        }
    }

    @Test
    void namesTheProductsPoliciesAndBackendOfTheManagedApi() throws IOException {
        JsonNode products =
                YAMLMapper.builder().build().readTree(Files.readString(DEFINITION.resolve("products.yaml")));
        List<String> names = new ArrayList<>();
        for (JsonNode product : products) {
            names.add(product.path("name").stringValue());
            assertThat(bicep.text())
                    .contains("  " + names.getLast() + ": loadTextContent('../"
                            + product.path("policy").stringValue() + "')");
        }
        assertThat(template.path("variables").path("productPolicies").propertyNames())
                .containsExactlyElementsOf(names);
        assertThat(texts(template.path("parameters").path("subscriptionProduct").path("allowedValues")))
                .isEqualTo(names);
        String backend = template.path("variables").path("documentedBackendUrl").stringValue();
        assertThat(Files.readString(DEFINITION.resolve("policies/api.xml"))).contains("base-url=\"" + backend + "\"");
        assertThat(template.path("parameters")
                        .path("backendUrl")
                        .path("defaultValue")
                        .stringValue())
                .isEqualTo(backend);
        assertThat(bicep.text()).contains("var documentedBackendUrl = '" + backend + "'");
    }

    @Test
    void isExplainedWithEveryOperationRoleAndSecret() throws IOException {
        String page = Files.readString(Path.of("../docs/azure.md"));
        JsonNode paths = YAMLMapper.builder()
                .build()
                .readTree(Files.readString(DEFINITION.resolve("openapi.yaml")))
                .path("paths");
        paths.properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(List.of("get", "post", "delete")::contains)
                        .forEach(method -> assertThat(page)
                                .contains("`" + method.toUpperCase(Locale.ROOT) + " " + path.getKey()
                                        + (path.getKey().endsWith("/swagger.json") ? "`" : "?api-version="))));
        assertThat(page).contains("'Storage Blob Data Contributor'", "'Key Vault Secrets User'");
        assertThat(found("vaults/secrets@[^\n]*\n  parent: keyVault\n  name: '([^']+)'", bicep.text()))
                .hasSize(4)
                .allSatisfy(secret -> assertThat(page).contains("set_secret " + secret, "fetch " + secret + " "));
    }

    private Collection<String> variables() {
        return template.path("variables").propertyNames();
    }

    private static Set<String> limits(JsonNode parameter) {
        Set<String> limits = new TreeSet<>();
        parameter.properties().stream()
                .filter(property -> property.getKey().matches("(min|max)(Length|Value)"))
                .forEach(property -> limits.add(property.getKey() + "=" + property.getValue()));
        return limits;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }
}

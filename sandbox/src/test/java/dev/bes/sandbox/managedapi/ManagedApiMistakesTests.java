package dev.bes.sandbox.managedapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bes.sandbox.managedapi.read.Documents;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in the documents, each with its file, line and column, and what to do. */
class ManagedApiMistakesTests {

    private static final String OPEN_API = "openapi.yaml";
    private static final String STARTER = "policies/products/starter.xml";
    private static final String API = "policies/api.xml";
    private static final String RATE_LIMIT = "<rate-limit calls=\"5\" renewal-period=\"60\" />";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(OPEN_API, "paths:", "paths: [", "not valid YAML"),
                arguments(
                        OPEN_API,
                        "operationId: bes-start",
                        "operationId: BES Submit",
                        "the operation 'BES Submit' has the id 'bes-submit' already; give each operation"),
                arguments(
                        OPEN_API,
                        "/jobs/{jobid}/start:",
                        "/jobs/{job}/start:",
                        "has the parameter {job}, which is not declared; add a parameter 'name: job'"),
                arguments(
                        OPEN_API,
                        "$ref: '#/components/schemas/SubmitRequest'",
                        "$ref: '#/components/schemas/Submission'",
                        "the reference '#/components/schemas/Submission' leads nowhere"),
                arguments(
                        OPEN_API,
                        "https://ussouthcentral.services.azureml.net",
                        "https://example.com",
                        "the sandbox has no backend at 'https://example.com'"),
                arguments("api.yaml", "path: azureml-demo", "path: /azureml-demo", "is no URL suffix"),
                arguments(
                        "api.yaml", "subscriptionRequired:", "subscriptionNeeded:", "unknown key 'subscriptionNeeded'"),
                arguments(
                        "products.yaml",
                        "  policy: policies/products/starter.xml\n",
                        "",
                        "the key 'policy' is missing; add 'policy:'"),
                arguments("products.yaml", "starter.xml", "gold.xml", "there is no file 'policies/products/gold.xml'"),
                arguments("products.yaml", "approvalRequired: false", "approvalRequired: no", "neither true nor false"),
                arguments(
                        STARTER,
                        RATE_LIMIT,
                        "<validate-jwt header-name=\"Authorization\" />",
                        "the sandbox does not know the policy <validate-jwt>; remove it; known are base, forward-request"),
                arguments(
                        STARTER,
                        "renewal-period=\"60\"",
                        "renewal-period=\"60\" burst=\"2\"",
                        "<rate-limit> has no attribute 'burst'; remove it; known are calls, renewal-period"),
                arguments(STARTER, "calls=\"5\"", "calls=\"five\"", "calls=\"five\" is not a whole number"),
                arguments(STARTER, "calls=\"5\"", "calls=\"0\"", "calls=\"0\" is too small; write 1 or more"),
                arguments(
                        STARTER,
                        "renewal-period=\"60\"",
                        "renewal-period=\"301\"",
                        "renewal-period=\"301\" is too large; write 300 or less"),
                arguments(STARTER, RATE_LIMIT, RATE_LIMIT + RATE_LIMIT, "a second <rate-limit>; keep one"),
                arguments(STARTER, "calls=\"5\"", "calls=\"@(5)\"", "does not evaluate the policy expression @(5)"),
                arguments(STARTER, "calls=\"5\"", "calls=\"{{calls}}\"", "no named values"),
                arguments(STARTER, RATE_LIMIT, "<rate-limit calls=\"5\">", "not well-formed XML"),
                arguments(STARTER, "<inbound>", "<outbound>", "not well-formed XML"),
                arguments(
                        API,
                        "<set-backend-service base-url=\"https://ussouthcentral.services.azureml.net\" />",
                        "<quota calls=\"100\" renewal-period=\"604800\" />",
                        "<quota> does not belong to the policies of the API; move it to those of a product"),
                arguments(
                        API,
                        "https://ussouthcentral.services.azureml.net",
                        "https://services.azureml.net.example.com",
                        "the sandbox has no backend at"),
                arguments(
                        API,
                        "<base />\n        <set-backend",
                        "<base />\n        <base />\n        <set-backend",
                        "a second <base>"),
                arguments(
                        API,
                        "<set-backend-service base-url=\"https://ussouthcentral.services.azureml.net\" />",
                        "<forward-request />",
                        "<forward-request> does not belong into <inbound>; move it to backend"),
                forward("timeout=\"soon\"", "timeout=\"soon\" is not a whole number"),
                forward("timeout=\"-1\"", "timeout=\"-1\" is not a whole number"),
                forward("timeout=\"@(1)\"", "does not evaluate the policy expression @(1)"),
                forward("timeout=\"1\" timeout-ms=\"1\"", "both timeout and timeout-ms; keep one"),
                forward("continue-timeout=\"x\"", "continue-timeout=\"x\" is not a whole number"),
                forward("follow-redirects=\"yes\"", "follow-redirects=\"yes\" is neither true nor false"),
                forward("buffer-response=\"\"", "buffer-response=\"\" is neither true nor false"),
                forward("fail-on-error-status-code=\"1\"", "fail-on-error-status-code=\"1\" is neither true nor false"),
                forward("http-version=\"2\"", "services speak HTTP/1.1 only; write 1 or 2or1"),
                forward("http-version=\"1.1\"", "unknown http-version '1.1'"),
                forward(
                        "retry=\"3\"",
                        "<forward-request> has no attribute 'retry'; remove it; known are http-version"));
    }

    private static Arguments forward(String attributes, String problem) {
        return arguments(
                API,
                "<backend>\n        <base />",
                "<backend>\n        <forward-request " + attributes + " />",
                problem);
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsPlaceAndWhatToDo(String file, String right, String wrong, String problem) {
        String text = bundled(file);
        assertThat(text).contains(right);
        int at = text.indexOf(right);
        Documents documents =
                Documents.bundled().with(file, text.substring(0, at) + wrong + text.substring(at + right.length()));

        InvalidManagedApiException refused =
                catchThrowableOfType(InvalidManagedApiException.class, () -> ManagedApiReader.read(documents));

        assertThat(refused).isNotNull();
        assertThat(refused.mistakes()).anySatisfy(mistake -> {
            assertThat(mistake.toString()).contains(problem);
            assertThat(mistake.file()).isEqualTo(file);
            assertThat(mistake.advice()).isNotBlank();
            // the mistake is where the text was changed, or in the element around it
            int line = 1
                    + (int) text.substring(0, at)
                            .chars()
                            .filter(it -> it == '\n')
                            .count();
            assertThat(mistake.line()).isBetween(line - 14, line + 4);
        });
    }

    @Test
    void aMistakeIsAtItsLineAndColumn() {
        Documents documents = Documents.bundled().with(STARTER, """
                        <policies>
                            <inbound>
                                <base />
                                <rate-limit
                                    calls="five" renewal-period="60" />
                                <cors /><quota calls='1' bandwidth='x' renewal-period="0" />
                            </inbound>
                        </policies>
                        """);

        assertThat(catchThrowableOfType(InvalidManagedApiException.class, () -> ManagedApiReader.read(documents)))
                .hasMessageContaining(STARTER + ":5:13: calls=\"five\"")
                .hasMessageContaining(STARTER + ":6:9: the sandbox does not know the policy <cors>")
                .hasMessageContaining(STARTER + ":6:34: bandwidth=\"x\"");
    }

    @Test
    void policiesOfAProductThatDoesNotExistAreAMistake() {
        Documents documents = Documents.bundled().with("policies/products/gold.xml", "<policies />");

        assertThat(catchThrowableOfType(InvalidManagedApiException.class, () -> ManagedApiReader.read(documents)))
                .hasMessageContaining("policies/products/gold.xml:1:1: no product has these policies; add a product");
    }

    @Test
    void aDocumentTypeIsRefusedBeforeItsEntitiesAreRead() {
        Documents documents = Documents.bundled().with(STARTER, """
                        <!DOCTYPE policies [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
                        <policies><inbound>&secret;</inbound></policies>
                        """);

        assertThat(catchThrowableOfType(InvalidManagedApiException.class, () -> ManagedApiReader.read(documents)))
                .hasMessageContaining(STARTER + ":1:1: document types and entities are not supported");
    }

    private static String bundled(String file) {
        try (InputStream in = ManagedApi.class.getResourceAsStream("/managed-api/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

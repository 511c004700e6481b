package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.RemoteException.By;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The body of an error answer. The service is recognised by the form of its errors. Source: common error response of the Azure Resource
 * Manager, which batch endpoints answer with, too.
 *
 * @param by who answered: the service, a hop for a text of another form, unknown for an empty body
 * @param code empty if there is none
 * @param message the text for users; empty if there is none
 */
record AzuremlErrorBody(By by, String code, String message) {

    private static final int RAW_LIMIT = 64 * 1024;

    static AzuremlErrorBody parse(byte[] body) {
        try {
            JsonNode error = AzuremlJson.at(AzuremlJson.MAPPER.readTree(body), "error");
            String code = AzuremlJson.text(error, "code");
            if (!code.isEmpty()) {
                return new AzuremlErrorBody(By.SERVICE, code, message(error));
            }
        } catch (JacksonException e) {
            // not JSON: the raw text is the message
        }
        String raw = new String(body, 0, Math.min(body.length, RAW_LIMIT), StandardCharsets.UTF_8);
        if (raw.isBlank()) {
            return new AzuremlErrorBody(By.UNKNOWN, "", "");
        }
        return new AzuremlErrorBody(By.HOP, "", raw.stripLeading().startsWith("<") ? "an HTML page" : raw);
    }

    private static String message(JsonNode error) {
        List<String> messages = new ArrayList<>(List.of(AzuremlJson.text(error, "message")));
        AzuremlJson.at(error, "details").forEach(detail -> messages.add(AzuremlJson.text(detail, "message")));
        return String.join(" ", messages.stream().filter(text -> !text.isBlank()).distinct().toList());
    }
}

package dev.bes.orchestrator.remote.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads the output tensors of an answer as text, without a tree: an answer has thousands of elements. Source:
 * open-inference-protocol, "$inference_response".
 */
final class TensorReader {
    private final JsonParser json;
    private final Map<String, List<@Nullable String>> tensors = new HashMap<>();

    private TensorReader(JsonParser json) {
        this.json = json;
    }

    /**
     * The elements of each output by its name, row by row, however its rows are nested.
     *
     * @throws tools.jackson.core.JacksonException if the answer is not JSON
     */
    static Map<String, List<@Nullable String>> read(byte[] answer) {
        try (JsonParser json = InferenceClient.JSON.createParser(answer)) {
            TensorReader reader = new TensorReader(json);
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_OBJECT) {
                reader.answer();
            } else {
                json.skipChildren();
            }
            if (first == null || json.nextToken() != null) {
                throw new StreamReadException(json, "The answer is not one value of JSON");
            }
            return reader.tensors;
        }
    }

    private void answer() {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean outputs = json.currentName().equals("outputs");
            if (json.nextToken() == JsonToken.START_ARRAY && outputs) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    tensor();
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void tensor() {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        String name = "";
        List<@Nullable String> elements = new ArrayList<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String property = json.currentName();
            JsonToken value = json.nextToken();
            if (property.equals("name") && value == JsonToken.VALUE_STRING) {
                name = json.getString();
            } else if (property.equals("data") && value == JsonToken.START_ARRAY) {
                addTo(elements);
            } else {
                json.skipChildren();
            }
        }
        tensors.put(name, elements);
    }

    private void addTo(List<@Nullable String> elements) {
        int depth = 1;
        while (depth > 0) {
            switch (json.nextToken()) {
                case START_ARRAY -> depth++;
                case END_ARRAY -> depth--;
                case VALUE_NULL -> elements.add(null);
                case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> elements.add(json.getString());
                case VALUE_NUMBER_INT -> elements.add(json.getNumberValue().toString());
                case VALUE_NUMBER_FLOAT -> elements.add(Double.toString(json.getDoubleValue()));
                default -> json.skipChildren();
            }
        }
    }
}

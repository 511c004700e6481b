package dev.bes.sandbox.swagger;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects whose keys keep their order. */
final class JsonObjects {

    private JsonObjects() {}

    /** An object of keys, each followed by its value. */
    static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }

    /** A reference to a definition. */
    static Map<String, Object> reference(String definition) {
        return object("$ref", "#/definitions/" + definition);
    }
}

package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bes.orchestrator.definition.Definition.Fairness;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Definition.OneCallLimit;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.text.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A definition as it is stored with a run. Equal definitions have equal text, and the text of older versions stays readable.
 *
 * @param json the definition as JSON, keys in alphabetical order
 */
public record FrozenDefinition(String json) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Serializes a definition. */
    public static FrozenDefinition of(Definition definition) {
        return new FrozenDefinition(MAPPER.writeValueAsString(Shape.of(definition)));
    }

    /**
     * Deserializes the definition.
     *
     * @throws tools.jackson.core.JacksonException when the text is not a frozen definition
     */
    public Definition definition() {
        return MAPPER.readValue(json, Shape.class).definition();
    }

    /** SHA-256 of the text, in hexadecimal: equal for equal definitions. */
    public String sha256() {
        return Sha256.of(json);
    }

    /** Inputs are a list here, because their order matters and a {@code jsonb} column sorts the keys of an object. */
    private record Shape(
            String name,
            String description,
            String endpoint,
            List<NamedInput> inputs,
            Map<String, Output> outputs,
            Map<String, String> parameters,
            Triggers triggers,
            Delivery delivery,
            Attempts attempts,
            Duration deadline,
            @Nullable Integer priority,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            OneCallLimit requestResponse,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String partition,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            RequestSchema requestSchema,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Fairness fairness,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String pool,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> callbacks,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Shadow shadow,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Fold fold) {

        static Shape of(Definition definition) {
            List<NamedInput> inputs = new ArrayList<>();
            definition
                    .inputs()
                    .forEach((name, input) -> inputs.add(new NamedInput(name, input.from(), input.columns())));
            return new Shape(
                    definition.name(),
                    definition.description(),
                    definition.endpoint(),
                    inputs,
                    definition.outputs(),
                    definition.parameters(),
                    definition.triggers(),
                    definition.delivery(),
                    definition.attempts(),
                    definition.deadline(),
                    definition.priority(),
                    definition.requestResponse(),
                    definition.partition(),
                    definition.requestSchema(),
                    definition.fairness(),
                    definition.pool(),
                    definition.callbacks().isEmpty() ? null : definition.callbacks(),
                    definition.shadow(),
                    definition.fold());
        }

        Definition definition() {
            Map<String, Input> byName = new LinkedHashMap<>();
            inputs.forEach(input -> byName.put(input.name(), new Input(input.from(), input.columns())));
            return new Definition(
                    name,
                    description,
                    endpoint,
                    Collections.unmodifiableMap(byName),
                    outputs,
                    parameters,
                    triggers,
                    delivery,
                    attempts,
                    deadline,
                    priority == null ? Definition.DEFAULT_PRIORITY : priority,
                    requestResponse,
                    partition,
                    requestSchema,
                    fairness,
                    pool,
                    callbacks == null ? List.of() : callbacks,
                    shadow,
                    fold);
        }
    }

    private record NamedInput(String name, @Nullable String from, List<String> columns) {}
}

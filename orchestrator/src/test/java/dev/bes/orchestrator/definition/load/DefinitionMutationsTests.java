package dev.bes.orchestrator.definition.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.DefinitionsTests;
import dev.bes.orchestrator.definition.yaml.Diagnostics;
import dev.bes.orchestrator.definition.yaml.DocumentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Spoils each value of a full definition in each way: whatever is wrong, it is one cause, so at most one problem. */
class DefinitionMutationsTests {

    private static final List<String> SPOILT =
            List.of("null", "''", "'a'", "'..'", "'${'", "3", "1.5", "1e99", "true", "[]", "[[]]");

    @TempDir
    Path folder;

    @Test
    void reportsOneCauseOnce() throws IOException {
        Set<JsonPointer> spoilt = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        for (JsonPointer at : pointers(full(), JsonPointer.empty())) {
            for (String value : SPOILT) {
                JsonNode changed = full();
                put(changed, at, JsonMapper.shared().readTree(value.replace('\'', '"')));
                if (!problems(changed, at + " := " + value).isEmpty()) {
                    spoilt.add(at);
                }
            }
        }
        assertThat(spoilt).as("every value can be wrong").hasSameSizeAs(pointers(full(), JsonPointer.empty()));
    }

    @Test
    void reportsOneMisspeltOrForgottenKeyOnce() throws IOException {
        for (JsonPointer at : pointers(full(), JsonPointer.empty())) {
            if (full().at(at.head()) instanceof ObjectNode) {
                JsonNode without = full();
                JsonNode value =
                        ((ObjectNode) without.at(at.head())).remove(at.last().getMatchingProperty());
                problems(without, "without " + at);
                ((ObjectNode) without.at(at.head())).set(at.last().getMatchingProperty() + "x", value);
                problems(without, at + "x");
            }
        }
    }

    private List<String> problems(JsonNode definition, String change) {
        List<String> problems = new DefinitionFolder(folder)
                .with("job.yaml", definition.toString())
                .problems();
        assertThat(problems).as(change).hasSizeLessThanOrEqualTo(1);
        return problems;
    }

    private static JsonNode full() throws IOException {
        String text = Files.readString(DefinitionsTests.SHIPPED.resolve("birdstrikes.yaml"))
                .replace("birdstrikes\n", "job\n")
                .replace("feature-hashing", "hashing");
        return DocumentReader.read(text, new Diagnostics("job.yaml"))
                .orElseThrow()
                .root();
    }

    private static List<JsonPointer> pointers(JsonNode node, JsonPointer at) {
        List<JsonPointer> pointers = new ArrayList<>();
        node.forEachEntry((key, value) -> {
            pointers.add(at.appendProperty(key));
            pointers.addAll(pointers(value, at.appendProperty(key)));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers.add(at.appendIndex(i));
            pointers.addAll(pointers(node.get(i), at.appendIndex(i)));
        }
        return pointers;
    }

    private static void put(JsonNode root, JsonPointer at, JsonNode value) {
        if (root.at(at.head()) instanceof ArrayNode array) {
            array.set(at.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) root.at(at.head())).set(at.last().getMatchingProperty(), value);
        }
    }
}

package dev.bes.orchestrator.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.DefinitionsTests;
import dev.bes.orchestrator.definition.Triggers;
import dev.bes.orchestrator.definition.load.DefinitionFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

class DefinitionSchemaTests {

    private final DefinitionSchema schema = DefinitionSchema.shipped();

    @TempDir
    Path folder;

    @Test
    void allowsTheDefinitionShipped() throws Exception {
        Diagnostics diagnostics = new Diagnostics("birdstrikes.yaml");
        String text = Files.readString(DefinitionsTests.SHIPPED.resolve("birdstrikes.yaml"));
        schema.check(DocumentReader.read(text, diagnostics).orElseThrow(), diagnostics);
        assertThat(diagnostics.problems()).isEmpty();
        assertThat(text).startsWith("# yaml-language-server: $schema=definition.schema.json\n");
    }

    @Test
    void describesEveryKey() {
        List<String> silent = new ArrayList<>();
        collectSilent(schema.tree(), JsonPointer.empty(), silent);
        assertThat(silent).isEmpty();
    }

    /** Every schema of a value: each property, each definition, each kind of element. */
    private void collectSilent(JsonNode rules, JsonPointer at, List<String> silent) {
        if (!rules.has("description") && !rules.has("$ref")) {
            silent.add(at.toString());
        }
        for (String group : List.of("properties", "$defs")) {
            rules.path(group)
                    .forEachEntry((key, inner) ->
                            collectSilent(inner, at.appendProperty(group).appendProperty(key), silent));
        }
        for (String one : List.of("items", "additionalProperties", "propertyNames")) {
            if (rules.path(one).isObject()) {
                collectSilent(rules.path(one), at.appendProperty(one), silent);
            }
        }
    }

    @Test
    void namesTheDefaultsThatTheServiceTakes() {
        String least = DefinitionFolder.GOOD.replace("    rows: same\n", "    columns: []\n")
                + "triggers:\n  schedules: [{name: n, cron: x}]\n  files: [{folder: a}]\n";
        Definition definition = new DefinitionFolder(folder)
                .with("job.yaml", least)
                .load()
                .find("job")
                .orElseThrow();
        Triggers.DropFolder dropFolder = definition.triggers().files().getFirst();

        assertThat(definition.description()).isEqualTo(fallback("/properties/description"));
        assertThat(definition.delivery().folder()).isEqualTo(fallback("/properties/delivery/properties/folder"));
        assertThat(definition.attempts().max()).hasToString(fallback("/properties/attempts/properties/max"));
        assertThat(definition.attempts().backoff())
                .isEqualTo(DurationFormatterUtils.detectAndParse(fallback("/properties/attempts/properties/backoff")));
        assertThat(definition.deadline())
                .isEqualTo(DurationFormatterUtils.detectAndParse(fallback("/properties/deadline")));
        assertThat(definition.outputs().values().iterator().next().rows().name())
                .isEqualToIgnoringCase(fallback("/$defs/output/properties/rows"));
        assertThat(definition.triggers().schedules().getFirst().zone())
                .hasToString(fallback("/$defs/schedule/properties/zone"));
        assertThat(dropFolder.pattern()).isEqualTo(fallback("/$defs/dropFolder/properties/pattern"));
        assertThat(dropFolder.settle())
                .isEqualTo(DurationFormatterUtils.detectAndParse(fallback("/$defs/dropFolder/properties/settle")));
    }

    private String fallback(String pointer) {
        return schema.tree().at(pointer).required("default").asString();
    }
}

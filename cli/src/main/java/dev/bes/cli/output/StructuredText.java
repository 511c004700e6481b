package dev.bes.cli.output;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Records of the API as JSON and as YAML. Hidden characters are escaped; a program reads them as they were. */
final class StructuredText {

    private StructuredText() {}

    /** The record as JSON, ending with a line end. */
    static String json(Object answer) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        ObjectWriter writer = JsonMapper.builder()
                .build()
                .writer()
                .with(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
        return visible(writer.writeValueAsString(answer) + "\n");
    }

    /** The record as JSON in one line, ending with a line end. */
    static String jsonLine(Object answer) {
        return visible(JsonMapper.shared().writeValueAsString(answer));
    }

    /** The record as a YAML document, ending with a line end. */
    static String yaml(Object answer) {
        YAMLMapper mapper = YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
                .build();
        return visible(mapper.writeValueAsString(answer));
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.lines()
                .map(VisibleText::escaped)
                .forEach(line -> visible.append(line).append('\n'));
        return visible.toString();
    }
}

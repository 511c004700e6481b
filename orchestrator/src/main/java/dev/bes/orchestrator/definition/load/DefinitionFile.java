package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.check.LocatedDefinition;
import dev.bes.orchestrator.definition.check.SemanticValidator;
import dev.bes.orchestrator.definition.yaml.DefinitionSchema;
import dev.bes.orchestrator.definition.yaml.Diagnostics;
import dev.bes.orchestrator.definition.yaml.DocumentReader;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/** One file of the folder: read, checked, and its problems gathered. */
final class DefinitionFile {

    static final String ENDING = ".yaml";

    private static final long LARGEST = 256 * 1024;

    private final Path path;
    private final Diagnostics diagnostics;

    DefinitionFile(Path path) {
        this.path = path;
        this.diagnostics = new Diagnostics(fileName());
    }

    List<Diagnostic> problems() {
        return diagnostics.problems();
    }

    /** The definition; empty when there are mistakes. */
    Optional<LocatedDefinition> read(DefinitionSchema schema, SemanticValidator meaning) {
        return text().flatMap(text -> DocumentReader.read(text, diagnostics)).flatMap(document -> {
            schema.check(document, diagnostics);
            NodeCursor root = new NodeCursor(document, diagnostics, JsonPointer.empty());
            checkName(root.at("name"));
            meaning.check(root);
            return diagnostics.none()
                    ? Optional.of(new LocatedDefinition(new DefinitionMapper(document.root()).definition(), root))
                    : Optional.empty();
        });
    }

    private Optional<String> text() {
        try {
            if (!fileName().endsWith(ENDING)) {
                diagnostics.add("is not read", "rename it to end with " + ENDING);
            } else if (Files.size(path) > LARGEST) {
                diagnostics.add("larger than " + LARGEST / 1024 + " KB", null);
            } else {
                return Optional.of(Files.readString(path));
            }
        } catch (CharacterCodingException _) {
            diagnostics.add("is not UTF-8 text", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.empty();
    }

    private void checkName(NodeCursor name) {
        String wanted = fileName().substring(0, fileName().length() - ENDING.length());
        name.text()
                .filter(text -> !text.equals(wanted))
                .ifPresent(
                        text -> name.object("name '" + text + "' is not the name of the file", nameHint(text, wanted)));
    }

    private String nameHint(String name, String wanted) {
        String file = name + ENDING;
        return Files.exists(path.resolveSibling(file))
                ? "there is a " + file + " already, so write '" + wanted + "'"
                : "write '" + wanted + "', or rename the file to " + file;
    }

    private String fileName() {
        return path.getFileName().toString();
    }
}

package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.definition.calendar.CalendarFiles;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/** Reads and checks one file of the folder, and collects its problems. */
final class DefinitionFile {

    static final String EXTENSION = ".yaml";

    private static final long MAX_BYTES = 256 * 1024;

    private final Path path;
    private final Diagnostics diagnostics;
    private final @Nullable String sent;

    DefinitionFile(Path path) {
        this(path, null);
    }

    /** A file that is not there yet, with its text. */
    DefinitionFile(Path path, @Nullable String sent) {
        this.path = path;
        this.diagnostics = new Diagnostics(fileName());
        this.sent = sent;
    }

    List<Diagnostic> problems() {
        return diagnostics.problems();
    }

    /** The definition; empty when there are mistakes. */
    Optional<LocatedDefinition> read(DefinitionSchema schema, SemanticValidator validator) {
        return text().flatMap(text -> DocumentReader.read(text, diagnostics)).flatMap(document -> {
            schema.check(document, diagnostics);
            NodeCursor root = new NodeCursor(document, diagnostics, JsonPointer.empty());
            checkName(root.at("name"));
            CalendarFiles.expand(root, path.resolveSibling(""));
            validator.check(root);
            return diagnostics.isValid()
                    ? Optional.of(new LocatedDefinition(new DefinitionMapper(document.root()).definition(), root))
                    : Optional.empty();
        });
    }

    private Optional<String> text() {
        if (sent != null) {
            return Optional.of(sent);
        }
        try {
            if (!fileName().endsWith(EXTENSION)) {
                diagnostics.add("is not read", "rename it to end with " + EXTENSION);
            } else if (Files.size(path) > MAX_BYTES) {
                diagnostics.add("larger than " + MAX_BYTES / 1024 + " KB", null);
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
        String expected = fileName().substring(0, fileName().length() - EXTENSION.length());
        name.text()
                .filter(text -> !text.equals(expected))
                .ifPresent(text ->
                        name.report("name '" + text + "' is not the name of the file", nameHint(text, expected)));
    }

    private String nameHint(String name, String expected) {
        String file = name + EXTENSION;
        return Files.exists(path.resolveSibling(file))
                ? "there is a " + file + " already, so write '" + expected + "'"
                : "write '" + expected + "', or rename the file to " + file;
    }

    private String fileName() {
        return path.getFileName().toString();
    }
}

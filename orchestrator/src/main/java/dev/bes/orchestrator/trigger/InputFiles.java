package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.definition.template.TemplateValues;
import dev.bes.orchestrator.definition.template.Templates;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Finds the input files of a run: those that the trigger brings, and those that the definition names. */
@Component
public class InputFiles {
    private final Definitions definitions;
    private final FileSearch.Entries entries;

    @Autowired
    public InputFiles(Definitions definitions) {
        this(definitions, FileSearch.REAL);
    }

    InputFiles(Definitions definitions, FileSearch.Entries entries) {
        this.definitions = definitions;
        this.entries = entries;
    }

    /**
     * The input files by input name, one map for each scoring. Each file of the first input becomes a scoring; all scorings
     * share the files of the other inputs.
     *
     * @param brought files that the trigger brings, by input
     * @param values values of the run, for definitions whose files have them in their paths
     * @throws RunRefusedException.NoInput if an input has no file, or a folder that may contain one may not be read
     * @throws dev.bes.orchestrator.definition.template.TemplateException if a path needs a value that the run does not have
     */
    public List<Map<String, InputSource>> scorings(
            Definition definition, Map<String, ? extends InputSource> brought, TemplateValues values) {
        Map.Entry<String, Input> first =
                definition.inputs().entrySet().iterator().next();
        InputSource given = brought.get(first.getKey());
        List<? extends InputSource> firstFiles =
                given != null ? List.of(given) : find(first.getKey(), first.getValue(), values);
        return firstFiles.stream()
                .map(file -> all(definition, file, brought, values))
                .toList();
    }

    /**
     * Checks that the trigger or the definition names a file for every input.
     *
     * @param brought inputs for which the trigger brings files
     * @throws RunRefusedException.NoInput if neither does
     */
    public static void check(Definition definition, Set<String> brought) {
        definition.inputs().forEach((name, input) -> {
            if (input.from() == null && !brought.contains(name)) {
                throw noFile(name);
            }
        });
    }

    private static RunRefusedException.NoInput noFile(String input) {
        return new RunRefusedException.NoInput(
                "Input '" + input + "' has no file: send one, or give the definition a 'from'");
    }

    private Map<String, InputSource> all(
            Definition definition,
            InputSource first,
            Map<String, ? extends InputSource> brought,
            TemplateValues values) {
        Map<String, InputSource> files = new LinkedHashMap<>();
        definition.inputs().forEach((name, input) -> {
            InputSource given = brought.get(name);
            files.put(name, files.isEmpty() ? first : given != null ? given : only(name, input, values));
        });
        return files;
    }

    private InputFile only(String name, Input input, TemplateValues values) {
        List<InputFile> found = find(name, input, values);
        if (found.size() > 1) {
            throw new RunRefusedException.NoInput(
                    "Input '%s' takes one file, but '%s' matches %d".formatted(name, input.from(), found.size()));
        }
        return found.getFirst();
    }

    private List<InputFile> find(String name, Input input, TemplateValues values) {
        if (input.from() == null) {
            throw noFile(name);
        }
        String from = Templates.resolvePath(input.from(), values);
        List<InputFile> found = find(name, from);
        if (found.isEmpty()) {
            throw new RunRefusedException.NoInput("Input '%s': no file matches '%s' under %s"
                    .formatted(name, from, definitions.folder().toAbsolutePath()));
        }
        return found;
    }

    private List<InputFile> find(String name, String from) {
        Path folder = definitions.folder();
        try {
            return new FileSearch(folder, entries)
                    .find(from).stream()
                            .map(path -> new InputFile(path.toString(), String.valueOf(path.getFileName())))
                            .toList();
        } catch (AccessDeniedException e) {
            // a retry does not help: a person has to change the permissions
            throw new RunRefusedException.NoInput(
                    "Input '%s': '%s' may match files in %s, which may not be read by user '%s'. Let that user read it, or move it out of %s"
                            .formatted(
                                    name, from, e.getFile(), System.getProperty("user.name"), folder.toAbsolutePath()));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " can't be read", e);
        }
    }
}

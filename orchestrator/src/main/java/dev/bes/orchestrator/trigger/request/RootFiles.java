package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.RequestSettings;
import dev.bes.orchestrator.trigger.RequestSettings.Root;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestFile.RootFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Opens files that requests name below the roots of the settings, and no others: no link leads out of a root. */
@Component
class RootFiles {
    private static final int LONGEST = 1_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Map<String, Root> roots;

    RootFiles(RequestSettings settings) {
        this.roots = new TreeMap<>(settings.roots());
    }

    /**
     * Opens a file.
     *
     * @param input the input that it is for
     * @throws RunRefusedException.NoInput if the definition may not use the root, or there is no such file
     * @throws IOException if it can't be read
     */
    RegularFile open(String definition, String input, RootFile file) throws IOException {
        Root root = roots.get(file.root());
        if (root == null || !DefinitionScope.of(root.definitions()).includes(definition)) {
            throw refused(
                    input,
                    "there is no root '%s' for definition %s; its roots are: %s"
                            .formatted(VisibleText.name(file.root()), definition, names(definition)));
        }
        String shown = "root '%s' has no file '%s'".formatted(file.root(), VisibleText.name(file.path()));
        if (!isBelow(file.path())) {
            throw refused(input, "'%s' is no path below a root".formatted(VisibleText.name(file.path())));
        }
        try {
            Path base = root.path().toAbsolutePath().normalize();
            return RegularFile.below(base, base.resolve(file.path()));
        } catch (NoSuchFileException | InvalidPathException _) {
            throw refused(input, shown);
        } catch (NotRegularFileException e) {
            throw refused(input, shown + " that may be read: it is a link, a folder or no plain file");
        } catch (AccessDeniedException _) {
            throw refused(input, shown + " that the service may read");
        }
    }

    private String names(String definition) {
        String names = roots.entrySet().stream()
                .filter(root ->
                        DefinitionScope.of(root.getValue().definitions()).includes(definition))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private static boolean isBelow(String path) {
        return path.length() <= LONGEST
                && !CONTROL.matcher(path).find()
                && Stream.of(path.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static RunRefusedException.NoInput refused(String input, String why) {
        return new RunRefusedException.NoInput("Input '%s': %s".formatted(input, why));
    }
}

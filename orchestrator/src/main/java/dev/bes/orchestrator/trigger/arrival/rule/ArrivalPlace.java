package dev.bes.orchestrator.trigger.arrival.rule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Where a definition takes files from: a drop folder, or a container.
 *
 * @param words what it is, with its name
 * @param isContainer whether it is a container
 * @param folder how the ledger names it; of a drop folder below the drop root
 * @param pattern glob of the names that are taken
 * @param settle how long a file must not have changed
 * @param options what else decides
 */
public record ArrivalPlace(
        String words, boolean isContainer, String folder, String pattern, Duration settle, FileOptions options) {

    /** All of a definition. */
    public static Stream<ArrivalPlace> of(Definition definition) {
        return Stream.concat(
                definition.triggers().files().stream()
                        .map(drop -> new ArrivalPlace(
                                "drop folder '%s'".formatted(drop.folder()),
                                false,
                                drop.folder(),
                                drop.pattern(),
                                drop.settle(),
                                drop.rules())),
                definition.triggers().containers().stream()
                        .map(container -> new ArrivalPlace(
                                "container '%s'".formatted(container.location()),
                                true,
                                container.location(),
                                container.pattern(),
                                container.settle(),
                                container.rules())));
    }

    /** Its rules, with compiled globs. */
    public FileRules rules() {
        return new FileRules(pattern, options);
    }

    /** Whether files of a name are taken. */
    public boolean takes(String name) {
        return rules().of(name) == Verdict.TAKEN;
    }

    private boolean takesAt(String ledgerName) {
        String name = ledgerName.substring(ledgerName.lastIndexOf('/') + 1);
        return takes(name) && (name.equals(ledgerName) || options.includesSubFolders());
    }

    /** Whether an entry lies here and is taken, by its folder and name in the ledger. */
    public boolean takes(String ledgerFolder, String name) {
        boolean here = isContainer
                ? ledgerFolder.equals(folder)
                : Path.of(ledgerFolder).endsWith(Path.of(folder));
        return here && takesAt(name);
    }

    /** How the ledger names it. */
    public String ledgerFolder(Path dropRoot) {
        return isContainer ? folder : dropRoot.resolve(folder).toString();
    }
}

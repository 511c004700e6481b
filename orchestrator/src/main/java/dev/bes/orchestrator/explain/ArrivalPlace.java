package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;
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
 */
record ArrivalPlace(
        String words, boolean isContainer, String folder, String pattern, Duration settle, FileOptions options) {

    /** All of a definition. */
    static Stream<ArrivalPlace> of(Definition definition) {
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

    FileRules rules() {
        return new FileRules(pattern, options);
    }

    boolean takes(String name) {
        return rules().of(name) == Verdict.TAKEN;
    }

    /** Whether an entry lies here and is taken. */
    boolean takes(FileRecord file) {
        boolean here = isContainer
                ? file.folder().equals(folder)
                : Path.of(file.folder()).endsWith(Path.of(folder));
        return here && takes(file.name());
    }

    /** How the ledger names it. */
    String ledgerFolder(Path dropRoot) {
        return isContainer ? folder : dropRoot.resolve(folder).toString();
    }
}

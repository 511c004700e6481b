package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileNames;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles.Waiting;
import dev.bes.orchestrator.trigger.arrival.rule.ArrivalPlace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Explains what became of arriving files. It looks at the ledger, never at a folder. */
@Component
class FileExplainer {
    private static final int MOST = 5;
    private static final int READ = 100;

    private final FileRecords records;
    private final LyingFiles lying;
    private final Definitions definitions;
    private final RunReader runs;
    private final RunExplainer runExplainer;
    private final NodeCauses nodes;
    private final InstantSource clock;

    FileExplainer(
            FileRecords records,
            LyingFiles lying,
            Definitions definitions,
            RunReader runs,
            RunExplainer runExplainer,
            NodeCauses nodes,
            InstantSource clock) {
        this.records = records;
        this.lying = lying;
        this.definitions = definitions;
        this.runs = runs;
        this.runExplainer = runExplainer;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * What became of the last files of a name.
     *
     * @param file a name, or the end of a path; it is compared with the ledger and opens nothing
     * @param definition only of this definition; null for any in the scope
     */
    List<Cause> causes(String file, @Nullable String definition, DefinitionScope scope) {
        String name = FileNames.last(file);
        List<FileRecord> found =
                records.list(new FileFilter(scope, definition, null, name, null, null), true, null, READ).stream()
                        .filter(row -> ("/" + row.folder() + "/" + row.name()).endsWith("/" + file))
                        .limit(MOST)
                        .toList();
        List<Cause> causes = new ArrayList<>();
        for (FileRecord row : found) {
            causes.add(of(row));
            if (row.equals(found.getFirst()) && row.state() == FileState.CLAIMED && row.run() != null) {
                runs.find(row.run()).map(runExplainer::causes).ifPresent(causes::addAll);
            }
        }
        if (causes.isEmpty()) {
            causes.addAll(neverSeen(name, definition, scope));
        }
        nodes.noneNow().ifPresent(causes::add);
        return causes;
    }

    /** What the ledger says of one entry. */
    Cause of(FileRecord file) {
        Cause cause = FileCauses.of(file);
        ArrivalPlace place = place(file).orElse(null);
        if (place == null) {
            return cause;
        }
        return switch (file.state()) {
            case SETTLING -> cause.until(file.since().plus(place.settle()));
            case GROUPED -> grouped(cause, file, place);
            default -> cause;
        };
    }

    /** Where its definition takes an entry; empty if the definition has changed. */
    private Optional<ArrivalPlace> place(FileRecord file) {
        return Optional.ofNullable(file.definition()).flatMap(definitions::find).stream()
                .flatMap(ArrivalPlace::of)
                .filter(place -> place.takes(file.folder(), file.name()))
                .findFirst();
    }

    private Cause grouped(Cause cause, FileRecord file, ArrivalPlace place) {
        Group group = place.options().group();
        String key = place.rules().keyOf(FileNames.last(file.name()));
        Optional<Waiting> waiting = lying.groups(file.folder()).stream()
                .filter(one ->
                        one.definition().equals(file.definition()) && one.key().equals(key))
                .findFirst();
        if (group == null || waiting.isEmpty()) {
            return cause;
        }
        Waiting now = waiting.get();
        Instant until = Stream.of(ending(group.longest(), now.sinceFirst()), ending(group.quiet(), now.sinceLast()))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
        return FileCauses.grouped(file, group, now, until);
    }

    private Optional<Instant> ending(@Nullable Duration limit, Duration passed) {
        return Optional.ofNullable(limit).map(most -> clock.instant().plus(most).minus(passed));
    }

    private List<Cause> neverSeen(String name, @Nullable String definition, DefinitionScope scope) {
        List<Cause> causes = new ArrayList<>();
        causes.add(Cause.of(
                CauseCode.NEVER_SEEN,
                "No node has seen a file '%s' in a drop folder or a container that you may see.".formatted(name)));
        definitions.all().stream()
                .filter(one -> scope.includes(one.name())
                        && (definition == null || definition.equals(one.name()))
                        && ArrivalPlace.of(one).findAny().isPresent())
                .flatMap(one -> FileCauses.matching(one, name, definition != null).stream())
                .limit(MOST)
                .forEach(causes::add);
        return causes;
    }
}

package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles.Waiting;
import dev.bes.orchestrator.trigger.arrival.rule.ArrivalPlace;
import dev.bes.orchestrator.trigger.arrival.rule.SkipReason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the ledger of files says of an entry, and what definitions say of a name. */
final class FileCauses {
    /** The run is the last one that the reason names: ahead of it stands the name of a file, which is text from outside. */
    private static final Pattern RUN = Pattern.compile("run (\\d{1,18}) scores");

    /** Why an entry is ignored or only seen, by words of the reason. Most are the key of the definition that says so. */
    private static final Map<String, CauseCode> REASONS = reasons();

    private FileCauses() {}

    private static Map<String, CauseCode> reasons() {
        Map<String, CauseCode> reasons = new LinkedHashMap<>();
        reasons.put("('exclude')", CauseCode.EXCLUDED);
        reasons.put("('temporary')", CauseCode.TEMPORARY_NAME);
        reasons.put("('done-marker')", CauseCode.DONE_MARKER);
        reasons.put("it waits for its done-marker", CauseCode.WAITS_FOR_MARKER);
        reasons.put("('min-size')", CauseCode.WRONG_SIZE);
        reasons.put("('max-size')", CauseCode.WRONG_SIZE);
        reasons.put("('by')", CauseCode.NO_KEY);
        reasons.put("(orchestrator.trigger.max-unfinished)", CauseCode.QUEUE_FULL);
        reasons.put("no definition names this folder", CauseCode.NOT_WATCHED);
        reasons.put("may not read it", CauseCode.NOT_READABLE);
        List.of("symbolic link", "hard link", "it is a folder", "it is a named pipe", "hidden files")
                .forEach(words -> reasons.put(words, CauseCode.NOT_PLAIN));
        return reasons;
    }

    static Cause of(FileRecord file) {
        String name = "'" + file.shownName() + "' ";
        String reason = file.reason() == null ? "" : ": " + file.reason();
        Cause cause = switch (file.state()) {
            case SEEN, IGNORED ->
                Cause.of(code(file, CauseCode.NO_MATCH), name + "lies there and is not taken" + reason + ".");
            case SETTLING ->
                Cause.of(
                        CauseCode.SETTLING,
                        name + "has not settled: its size or modification time changed a short while ago.");
            case COMPLETE ->
                Cause.of(
                        code(file, CauseCode.COMPLETE),
                        name + "has settled" + (reason.isEmpty() ? ", and is taken in a moment." : reason + "."));
            case GROUPED -> Cause.of(CauseCode.GROUP_WAITS, name + "waits for its group" + reason + ".");
            case CLAIMED -> Cause.of(CauseCode.TAKEN, name + "was taken" + of(file.run()) + "; its run is unfinished.");
            case SCORED, ARCHIVED, DELETED ->
                Cause.of(CauseCode.SCORED, name + "was scored" + of(file.run()) + reason + ".");
            case DUPLICATE -> Cause.of(CauseCode.DUPLICATE, name + "is not scored" + reason + ".");
            case QUARANTINED ->
                Cause.of(
                        CauseCode.QUARANTINED,
                        name + "is in quarantine" + of(file.run()) + reason
                                + ". When the cause is fixed, put it back ('retry').");
            case RETRIED ->
                Cause.of(CauseCode.RETRIED, name + "was in quarantine, and somebody put it back into its folder.");
            case GONE -> Cause.of(CauseCode.GONE, name + "was removed before it was taken.");
            case UNKNOWN ->
                Cause.of(
                        CauseCode.NOT_RECORDED,
                        name
                                + "is in a state that only a newer version of this service knows: ask a node of that version.");
        };
        return cause.since(file.since())
                .about(Kind.FILE, file.name())
                .about(Kind.RUN, file.run())
                .about(Kind.RUN, cause.code() == CauseCode.DUPLICATE ? earlier(reason) : null)
                .about(Kind.DEFINITION, file.definition());
    }

    private static CauseCode code(FileRecord file, CauseCode usual) {
        String reason = file.reason() == null ? "" : file.reason();
        return REASONS.entrySet().stream()
                .filter(known -> reason.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(usual);
    }

    private static @Nullable String earlier(String reason) {
        return RUN.matcher(reason)
                .results()
                .map((MatchResult run) -> run.group(1))
                .reduce((first, last) -> last)
                .orElse(null);
    }

    private static String of(@Nullable Long run) {
        return run == null ? "" : " by run " + run;
    }

    /**
     * What a definition would do with a name.
     *
     * @param asked whether it is asked about: if it is not, only one that takes the name says so
     */
    static Optional<Cause> matching(Definition definition, String name, boolean asked) {
        List<ArrivalPlace> places = ArrivalPlace.of(definition).toList();
        Optional<Cause> takes = places.stream()
                .filter(place -> place.takes(name))
                .findFirst()
                .map(place -> Cause.of(
                        CauseCode.NO_FILE,
                        "Definition %s would take a file of this name from its %s."
                                .formatted(definition.name(), place.words())));
        return takes.or(() -> asked
                        ? Optional.of(Cause.of(
                                CauseCode.NO_MATCH,
                                "Definition %s takes no such name: %s."
                                        .formatted(
                                                definition.name(),
                                                new SkipReason(places.stream()
                                                                .map(ArrivalPlace::pattern)
                                                                .toList())
                                                        .byName(name))))
                        : Optional.empty())
                .map(cause -> cause.about(Kind.DEFINITION, definition.name()));
    }

    /**
     * What a file waits for in its group.
     *
     * @param until when its run starts without more files; null if it waits for them for ever
     */
    static Cause grouped(FileRecord file, Group group, Waiting now, @Nullable Instant until) {
        String there = group.files() == null
                ? "%d file%s there".formatted(now.files(), now.files() == 1 ? " is" : "s are")
                : "%d of %d files are there".formatted(now.files(), group.files());
        String key = now.key().isEmpty() ? "" : " '" + now.key() + "'";
        String then = until == null
                ? ""
                : " Without more of them its run starts at %s.".formatted(AskedTime.words(until, ZoneOffset.UTC));
        String text = "'%s' waits for its group%s: %s.%s".formatted(file.shownName(), key, there, then);
        return new Cause(CauseCode.GROUP_WAITS, text, file.since(), until, of(file).references());
    }
}

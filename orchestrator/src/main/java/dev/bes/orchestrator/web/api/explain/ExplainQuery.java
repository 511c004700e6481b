package dev.bes.orchestrator.web.api.explain;

import dev.bes.orchestrator.explain.AskedTime;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address that say what is to be explained. An empty one is ignored.
 *
 * @param definition a definition, or that of the file
 * @param schedule one of its schedules
 * @param at a day or a time
 * @param file name of a file, or the end of its path
 * @param run number of a run
 * @param request an idempotency key, or the id of a request by SQL
 */
public record ExplainQuery(
        @Nullable String definition,
        @Nullable String schedule,
        @Nullable String at,
        @Nullable String file,
        @Nullable String run,
        @Nullable String request) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_FILE = 1_000;

    public ExplainQuery {
        definition = given(definition);
        schedule = given(schedule);
        at = given(at);
        file = given(file);
        run = given(run);
        request = given(request);
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Whether it asks about nothing. */
    public boolean isEmpty() {
        return Stream.of(definition, schedule, at, file, run, request).allMatch(Objects::isNull);
    }

    /**
     * Checks that it asks about one thing.
     *
     * @throws ProblemException if it does not, or a parameter is invalid
     */
    void check() {
        long alone = Stream.of(run, request, file).filter(Objects::nonNull).count();
        boolean other = definition != null || schedule != null || at != null;
        boolean ofFile = file != null && schedule == null && at == null;
        boolean isOne = alone == 1 ? !other || ofFile : alone == 0 && other;
        if (!isOne || (schedule != null && definition == null)) {
            throw ProblemException.badRequest(
                    "Ask about one thing: 'run', 'request', 'file' (with 'definition' or without), 'definition' (with 'schedule', with"
                            + " 'at', with both or without), or 'at' alone");
        }
        check("definition", definition, LONGEST_NAME);
        check("schedule", schedule, LONGEST_NAME);
        check("request", request, LONGEST_NAME);
        check("file", file, LONGEST_FILE);
        if (run != null && !NUMBER.matcher(run).matches()) {
            throw ProblemException.badRequest("'run' is not the number of a run");
        }
    }

    private static void check(String parameter, @Nullable String value, int longest) {
        if (value != null && (value.length() > longest || value.indexOf('\0') >= 0)) {
            throw ProblemException.badRequest(
                    "'%s' holds a NUL or more than %d characters".formatted(parameter, longest));
        }
    }

    /** The time that is asked about; null if none is. */
    @Nullable
    AskedTime time() {
        try {
            return at == null ? null : AskedTime.of(at);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("'at' " + e.getMessage());
        }
    }
}

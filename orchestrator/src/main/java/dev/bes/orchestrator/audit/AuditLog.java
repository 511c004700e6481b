package dev.bes.orchestrator.audit;

import dev.bes.orchestrator.node.Node;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The only writer of rows of the audit. A row is written in the transaction of the change that it tells of. */
@Component
public class AuditLog {
    /** The actor of whoever is not known. No user has this name: it has no kind. */
    public static final String NOBODY = "nobody";

    /** How many characters of a text are kept; an index of PostgreSQL holds as many, whatever they are. */
    public static final int LONGEST = 500;

    private static final String INSERT = """
            INSERT INTO audit (actor, via, address, request, action, object, definition, outcome, before, after, node)
            """;

    /**
     * Part of a statement that accepts runs: {@code accepted} has the id of each and {@code rerun_of}, and {@code input}, by
     * definition and occurrence, the columns of its {@link Requester}: requester (null if nobody requests it), via, address and
     * request.
     */
    public static final String OF_REQUESTED = """
            , audited AS (%s SELECT requester, via, address, request, '%s', 'run ' || id, definition, 'allowed', NULL,
                                    'rerun of run ' || accepted.rerun_of, :node
                             FROM accepted JOIN input USING (definition, occurrence) WHERE requester IS NOT NULL)""".formatted(INSERT, Action.RUN_REQUESTED.word());

    private final JdbcClient jdbc;
    private final Node node;
    private final RefusalLimit limit;

    public AuditLog(JdbcClient jdbc, Node node, InstantSource clock) {
        this.jdbc = jdbc;
        this.node = node;
        this.limit = new RefusalLimit(clock);
    }

    private static StatementSpec origin(StatementSpec statement, RequestOrigin origin) {
        return statement
                .param("via", origin.via())
                .param("address", origin.address())
                .param("request", cut(origin.request()));
    }

    /**
     * A change that was made.
     *
     * @param actor who made it, as {@code kind:name}
     * @param object what it was made to: kind and name
     * @param definition the definition that it belongs to; null if to none
     * @param before what was before; null if nothing was replaced
     * @param after what is now; null if the action says it all
     */
    public void allowed(
            Action action,
            String actor,
            String object,
            @Nullable String definition,
            @Nullable String before,
            @Nullable String after) {
        insert(RequestOrigin.current(), action, actor, object, definition, AuditOutcome.ALLOWED, before, after);
    }

    /**
     * Something that was refused. A node writes at most 200 such rows a minute, and at most 20 for one address; {@link #tellLeftOut}
     * says how many were left out.
     *
     * @param actor who asked for it, as {@code kind:name}, or {@link #NOBODY}
     * @param object what it was about: kind and name
     * @param definition the definition that it belongs to; null if to none, or if that is not known
     * @param why why it was refused; null if that is told to nobody
     */
    public void refused(Action action, String actor, String object, @Nullable String definition, @Nullable String why) {
        RequestOrigin origin = RequestOrigin.current();
        String address = origin.address();
        origin.refusalRecorded();
        if (limit.admits(address == null ? "" : address)) {
            insert(origin, action, actor, object, definition, AuditOutcome.REFUSED, null, why);
        }
    }

    /** Writes how many refusals were left out since it was last written. It was no caller's doing alone, so the node says it. */
    public void tellLeftOut() {
        long count = limit.leftOut();
        if (count > 0) {
            insert(
                    RequestOrigin.NO_REQUEST,
                    Action.REFUSALS_LEFT_OUT,
                    self(),
                    "requests",
                    null,
                    AuditOutcome.REFUSED,
                    null,
                    count + " more");
            limit.told(count);
        }
    }

    /** This node as an actor. */
    public String self() {
        return "node:" + node.name();
    }

    private void insert(
            RequestOrigin origin,
            Action action,
            String actor,
            String object,
            @Nullable String definition,
            AuditOutcome outcome,
            @Nullable String before,
            @Nullable String after) {
        String values =
                "VALUES (:actor, :via, :address, :request, :action, :object, :definition, :outcome, :before, :after, :node)";
        origin(jdbc.sql(INSERT + values), origin)
                .param("actor", cut(actor))
                .param("action", action.word())
                .param("object", cut(object))
                .param("definition", definition)
                .param("outcome", outcome.word())
                .param("before", cut(before))
                .param("after", cut(after))
                .param("node", node.name())
                .update();
    }

    /** Without NUL, which no text of PostgreSQL holds, and not longer than {@link #LONGEST}. */
    static @Nullable String cut(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String storable = text.replace('\0', '\uFFFD');
        return storable.codePointCount(0, storable.length()) <= LONGEST
                ? storable
                : storable.substring(0, storable.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}

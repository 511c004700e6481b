package dev.bes.orchestrator.run.fold;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.InputSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The scorings that share the remote job of one scoring, their carrier. */
@Component
public class FoldMembers {
    private static final String LIVE = "state IN ('NotStarted', 'Running')";

    private static final String WAKE_ABANDONED = """
            UPDATE scoring SET due_at = clock_timestamp() WHERE id = ANY(ARRAY(
                SELECT c.id FROM scoring c
                WHERE c.id IN (SELECT carrier_id FROM scoring WHERE id = ANY(:members)) AND c.owner IS NULL
                  AND c.attention IS NULL AND c.ended_at IS NULL
                  AND NOT EXISTS (SELECT FROM scoring m WHERE m.carrier_id = c.id AND m.state IN ('NotStarted', 'Running'))
                FOR UPDATE SKIP LOCKED))""";

    private final JdbcClient jdbc;

    public FoldMembers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A scoring whose input is to be staged.
     *
     * @param scoring its id
     * @param inputs where its inputs come from
     */
    public record Unstaged(long scoring, Map<String, InputSource> inputs) {}

    /**
     * A scoring whose input is in the job.
     *
     * @param scoring its id
     * @param rows data rows of its input
     * @param name name of its input file, for people
     * @param isLive whether it has not ended meanwhile
     */
    public record Staged(long scoring, long rows, String name, boolean isLive) {}

    /** Closes the fold of a claimed carrier, and reads who is to be staged, in the order in which they were accepted. */
    public List<Unstaged> close(Claim carrier) {
        jdbc.sql("UPDATE fold SET open = false WHERE carrier_id = :carrier AND open")
                .param("carrier", carrier.scoring())
                .update();
        return jdbc.sql("SELECT id, inputs FROM scoring WHERE carrier_id = :carrier AND " + LIVE
                        + " AND step = 'PLANNED' ORDER BY id")
                .param("carrier", carrier.scoring())
                .query((row, n) -> new Unstaged(
                        row.getLong("id"),
                        JsonRows.map(row, "inputs", new TypeReference<Map<String, InputSource>>() {})))
                .list();
    }

    /** Who is in the job of a carrier's attempt. */
    public List<Staged> staged(Claim carrier) {
        return jdbc.sql("""
                        SELECT s.id, a.rows_in, s.ended_at IS NULL AS live,
                               (SELECT value ->> 'name' FROM json_each(s.inputs) LIMIT 1) AS name
                        FROM scoring s JOIN attempt a ON a.scoring_id = s.id AND a.number = s.attempt
                        WHERE s.carrier_id = :carrier AND a.carrier_id = s.carrier_id AND a.carrier_attempt = :attempt
                        ORDER BY s.id""")
                .param("carrier", carrier.scoring())
                .param("attempt", carrier.attempt())
                .query((row, n) -> new Staged(
                        row.getLong("id"), row.getLong("rows_in"), row.getString("name"), row.getBoolean("live")))
                .list();
    }

    /** Whether a scoring that has not ended shares the job of a carrier. */
    public boolean isNeeded(Claim carrier) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM scoring WHERE carrier_id = :carrier AND " + LIVE + ")")
                .param("carrier", carrier.scoring())
                .query(Boolean.class)
                .single();
    }

    /** Makes the carriers of these scorings due that no other scoring needs, in the transaction that ends them. */
    public void wakeAbandoned(Collection<Claim> ended) {
        Long[] members =
                ended.stream().filter(Claim::isMember).map(Claim::scoring).toArray(Long[]::new);
        if (members.length > 0) {
            jdbc.sql(WAKE_ABANDONED).param("members", members).update();
        }
    }
}

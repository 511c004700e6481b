package dev.bes.orchestrator.node.folder;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database knows of the shared folders, and which nodes have proven to see them. */
@Component
class FolderRows {
    // a beat comes three times in a lease; a node that died may not be taken for one that is there for long
    private static final String OTHERS = """
            SELECT EXISTS (SELECT FROM node WHERE name <> :node AND :setting = ANY(shared_folders)
                AND last_heartbeat_at > clock_timestamp() - interval '30 s')""";

    private static final String ALIVE = """
            SELECT EXISTS (SELECT FROM node WHERE name <> :node AND last_heartbeat_at > clock_timestamp() - interval '30 s')""";

    private static final String KEEP = """
            INSERT INTO shared_folder (setting, marker, path, previous) VALUES (:setting, :marker, :path, :previous)
            ON CONFLICT (setting) DO UPDATE SET marker = excluded.marker, path = excluded.path,
                previous = excluded.previous, since = clock_timestamp()""";

    private static final String PROVE = """
            UPDATE node SET shared_folders = array_append(shared_folders, :setting)
            WHERE name = :node AND :setting <> ALL(shared_folders)""";

    private static final String DOUBT = """
            UPDATE node SET shared_folders = array_remove(shared_folders, :setting)
            WHERE name = :node AND :setting = ANY(shared_folders)""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    FolderRows(JdbcClient jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * A folder as it must be.
     *
     * @param previous its marker before
     */
    record Known(UUID marker, Path path, @Nullable UUID previous) {}

    /** The folder of a setting; none if no node has had one yet. */
    Optional<Known> find(SharedFolder folder) {
        return jdbc.sql("SELECT marker, path, previous FROM shared_folder WHERE setting = :setting")
                .param("setting", folder.setting())
                .query((row, n) -> new Known(
                        row.getObject("marker", UUID.class),
                        Path.of(row.getString("path")),
                        row.getObject("previous", UUID.class)))
                .optional();
    }

    /** Keeps what a folder is from now on. */
    void keep(SharedFolder folder, Known known) {
        jdbc.sql(KEEP)
                .param("setting", folder.setting())
                .param("marker", known.marker)
                .param("path", known.path.toString())
                .param("previous", known.previous)
                .update();
    }

    /** Whether a node that is alive, other than this one, has proven to see a folder. */
    boolean isSeenByOthers(SharedFolder folder, String node) {
        return jdbc.sql(OTHERS)
                .param("setting", folder.setting())
                .param("node", node)
                .query(Boolean.class)
                .single();
    }

    /** Whether a node is alive other than this one. */
    boolean areOthersAlive(String node) {
        return jdbc.sql(ALIVE).param("node", node).query(Boolean.class).single();
    }

    /** Says whether this node has proven to see a folder. */
    void prove(SharedFolder folder, String node, boolean proven) {
        jdbc.sql(proven ? PROVE : DOUBT)
                .param("node", node)
                .param("setting", folder.setting())
                .update();
    }

    /** Makes the row of this node, so that what it has proven is known before its first beat. */
    void arrive(String node) {
        jdbc.sql("INSERT INTO node (name, skew_ms) VALUES (:node, 0) ON CONFLICT DO NOTHING")
                .param("node", node)
                .update();
    }

    /** Does something that only one node at a time may do, and commits what it writes. */
    <T> T alone(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> {
            jdbc.sql("SELECT set_config('lock_timeout', '5s', true)")
                    .query(String.class)
                    .single();
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('shared folders', 1))")
                    .query((row, n) -> true)
                    .single();
            return work.get();
        }));
    }
}

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

/** The rows of the shared folders: their markers, and the nodes that have proven to see them. */
@Component
class FolderRows {
    // a heartbeat comes three times in a lease; a dead node must soon stop to count
    private static final String SEEN_BY_OTHERS = """
            SELECT EXISTS (SELECT FROM node WHERE name <> :node AND :setting = ANY(shared_folders)
                AND last_heartbeat_at > clock_timestamp() - interval '30 s')""";

    private static final String ALIVE = """
            SELECT EXISTS (SELECT FROM node WHERE name <> :node AND last_heartbeat_at > clock_timestamp() - interval '30 s')""";

    private static final String SAVE = """
            INSERT INTO shared_folder (setting, marker, path, previous) VALUES (:setting, :marker, :path, :previous)
            ON CONFLICT (setting) DO UPDATE SET marker = excluded.marker, path = excluded.path,
                previous = excluded.previous, since = clock_timestamp()""";

    private static final String PROVE = """
            UPDATE node SET shared_folders = array_append(shared_folders, :setting)
            WHERE name = :node AND :setting <> ALL(shared_folders)""";

    private static final String UNPROVE = """
            UPDATE node SET shared_folders = array_remove(shared_folders, :setting)
            WHERE name = :node AND :setting = ANY(shared_folders)""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    FolderRows(JdbcClient jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * The identity of a folder.
     *
     * @param previous its marker before
     */
    record Known(UUID marker, Path path, @Nullable UUID previous) {}

    /** The folder of a setting; empty if no node has had one yet. */
    Optional<Known> find(SharedFolder folder) {
        return jdbc.sql("SELECT marker, path, previous FROM shared_folder WHERE setting = :setting")
                .param("setting", folder.setting())
                .query((row, n) -> new Known(
                        row.getObject("marker", UUID.class),
                        Path.of(row.getString("path")),
                        row.getObject("previous", UUID.class)))
                .optional();
    }

    /** Saves the identity of a folder. */
    void save(SharedFolder folder, Known known) {
        jdbc.sql(SAVE)
                .param("setting", folder.setting())
                .param("marker", known.marker)
                .param("path", known.path.toString())
                .param("previous", known.previous)
                .update();
    }

    /** Whether a node that is alive, other than this one, has proven to see a folder. */
    boolean isSeenByOthers(SharedFolder folder, String node) {
        return jdbc.sql(SEEN_BY_OTHERS)
                .param("setting", folder.setting())
                .param("node", node)
                .query(Boolean.class)
                .single();
    }

    /** Whether a node is alive other than this one. */
    boolean isAnotherNodeAlive(String node) {
        return jdbc.sql(ALIVE).param("node", node).query(Boolean.class).single();
    }

    /** Records whether this node has proven to see a folder. */
    void setProven(SharedFolder folder, String node, boolean proven) {
        jdbc.sql(proven ? PROVE : UNPROVE)
                .param("node", node)
                .param("setting", folder.setting())
                .update();
    }

    /** Inserts the row of this node, so that its proofs are known before its first heartbeat. */
    void insertNode(String node) {
        jdbc.sql("INSERT INTO node (name, skew_ms) VALUES (:node, 0) ON CONFLICT DO NOTHING")
                .param("node", node)
                .update();
    }

    /** Runs work under a lock that one node at a time has, and commits what it writes. */
    <T> T locked(Supplier<T> work) {
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

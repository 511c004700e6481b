package dev.bes.orchestrator.trigger.request;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of the blobs that hold large files of requests. */
@Component
class RequestBlobs {
    /** What the paths of these blobs begin with. */
    static final String PREFIX = "requests/";

    private static final String OLD = """
            SELECT path, occurrence, created_at FROM request_blob
            WHERE created_at < clock_timestamp() - :age * interval '1 ms'
              AND (:after::timestamptz IS NULL OR (created_at, path) > (:after::timestamptz, :path))
            ORDER BY created_at, path LIMIT :batch""";

    private final JdbcClient jdbc;

    RequestBlobs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A blob, and the occurrence whose run reads it. */
    record RequestBlob(String path, String occurrence, OffsetDateTime createdAt) {}

    /** Inserts the row of a blob that is about to be uploaded. Returns how many rows that are: one. */
    int insert(String path, String occurrence) {
        return jdbc.sql("INSERT INTO request_blob (path, occurrence) VALUES (:path, :occurrence)")
                .param("path", path)
                .param("occurrence", occurrence)
                .update();
    }

    /** Deletes the row of a blob that is deleted. */
    void delete(String path) {
        jdbc.sql("DELETE FROM request_blob WHERE path = :path")
                .param("path", path)
                .update();
    }

    /** Whether a blob is kept. */
    boolean has(String path) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM request_blob WHERE path = :path)")
                .param("path", path)
                .query(Boolean.class)
                .single();
    }

    /**
     * A batch of old blobs, the oldest first.
     *
     * @param after the last one of the batch before; null for the first batch
     */
    List<RequestBlob> olderThan(Duration age, @Nullable RequestBlob after, int batch) {
        return jdbc.sql(OLD)
                .param("age", age.toMillis())
                .param("after", after == null ? null : after.createdAt())
                .param("path", after == null ? null : after.path())
                .param("batch", batch)
                .query((row, n) -> new RequestBlob(
                        row.getString("path"),
                        row.getString("occurrence"),
                        row.getObject("created_at", OffsetDateTime.class)))
                .list();
    }
}

package dev.bes.benchmarks.part;

import dev.bes.benchmarks.environment.BenchmarkDatabase;

/** Stored runs, written into the database by SQL. */
final class StoredRuns {

    private StoredRuns() {}

    /** Stores runs of twenty definitions, one scoring each, that ended one after the other up to now; one of a hundred failed. */
    static void fill(BenchmarkDatabase database, int runs) {
        database.execute("INSERT INTO frozen_definition (hash, name, content) VALUES ('benchmark', 'job', '{}')");
        database.execute("""
                INSERT INTO run (definition, occurrence, trigger, definition_hash, state, cause, scorings, created_at, ended_at)
                SELECT 'job-' || n %% 20, 'stored:' || n, 'request', 'benchmark',
                       CASE WHEN n %% 100 = 7 THEN 'Failed' WHEN n %% 1000 = 9 THEN 'Cancelled' ELSE 'Finished' END,
                       CASE WHEN n %% 100 = 7 THEN 'The remote job failed' END, 1,
                       clock_timestamp() - (%1$d - n) * interval '2 s', clock_timestamp() - (%1$d - n) * interval '2 s'
                FROM generate_series(1, %1$d) n""".formatted(runs));
        database.execute("""
                INSERT INTO scoring (run_id, position, endpoint, inputs, parameters, delivery, step, state, due_at, cause,
                                     ended_at)
                SELECT id, 1, 'stub', '{}', '{}', 'stored',
                       CASE WHEN state = 'Finished' THEN 'DELIVERED' ELSE 'STARTED' END, state, NULL, cause, ended_at
                FROM run""");
        database.execute("VACUUM ANALYZE");
    }
}

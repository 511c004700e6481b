package dev.bes.benchmarks;

import dev.bes.benchmarks.engine.Kind;
import dev.bes.sandbox.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lets one engine after the other do the work, each alone on the machine with its stub and its database. */
record Contest(BenchmarkFolder folder, PostgresServer database, Remote remote, Workload work, Progress progress) {

    /** Measures the engines of these names, in this order, over so many runs. */
    List<Result> run(List<String> engines, int runs) throws SQLException {
        List<Result> results = new ArrayList<>();
        for (String engine : engines) {
            results.add(engine.equals(Orchestrator.NAME) ? ours(runs) : other(kind(engine), runs));
        }
        return results;
    }

    /** The names of all engines, ours first. */
    static List<String> all() {
        List<String> all = new ArrayList<>(List.of(Orchestrator.NAME));
        for (Kind kind : Kind.values()) {
            all.add(kind.word());
        }
        return all;
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new BenchmarkFailure("There is no engine '%s'; there are %s".formatted(word, all()));
    }

    private Result ours(int runs) throws SQLException {
        database.createDatabase(Orchestrator.DATABASE);
        progress.begin("ours: starting");
        try (Candidate ours = Orchestrator.start(folder, remote, database, work)) {
            return new Result(
                    ours.name(),
                    Orchestrator.SETTINGS,
                    work.size(),
                    trial(ours, work).run(runs));
        }
    }

    private Result other(Kind kind, int runs) throws SQLException {
        Workload its = kind.most() < work.size()
                ? Workload.make(folder.root().resolve("work-" + kind.word()), kind.most())
                : work;
        database.createDatabase(Other.name(kind));
        progress.begin(kind.word() + ": starting");
        try (Candidate other = Other.start(kind, folder, remote, database, its)) {
            return new Result(
                    other.name(), kind.settings(), its.size(), trial(other, its).run(runs));
        }
    }

    private Trial trial(Candidate candidate, Workload its) {
        return new Trial(candidate, database, remote, its, folder, progress);
    }
}

package dev.bes.benchmarks;

import dev.bes.benchmarks.engine.Kind;
import dev.bes.benchmarks.engine.ServeEngine;
import dev.bes.sandbox.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Any engine but ours, in a process of its own that takes a line for a run and answers it at its end. */
final class Other implements Candidate {

    private final Kind kind;
    private final BenchmarkFolder folder;
    private final Workload work;
    private final Child process;
    private volatile boolean done;
    private int runs;

    private Other(Kind kind, BenchmarkFolder folder, Workload work, Child process) {
        this.kind = kind;
        this.folder = folder;
        this.work = work;
        this.process = process;
    }

    /** Starts it on an empty database, and returns when it is ready. */
    static Other start(Kind kind, BenchmarkFolder folder, Remote remote, PostgresServer database, Workload work) {
        List<String> arguments = List.of(
                "engine",
                "--kind",
                kind.name(),
                "--stub",
                remote.address().url().toString(),
                "--database",
                database.jdbcUrl(name(kind)),
                "--user",
                database.user());
        Child process = Child.talking(Child.Command.ourselves(kind.word(), arguments), folder.log(kind.word()));
        process.await(ServeEngine.READY);
        return new Other(kind, folder, work, process);
    }

    /** The database of an engine. */
    static String name(Kind kind) {
        return kind.word().replace("-", "_");
    }

    @Override
    public String name() {
        return kind.word();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String database() {
        return name(kind);
    }

    @Override
    public Path begin() {
        Path delivered = folder.delivered().resolve(kind.word() + "-" + ++runs);
        try {
            Files.createDirectories(delivered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        done = false;
        process.tell(work.folder() + "\t" + delivered);
        Thread.ofVirtual().start(() -> {
            process.await(ServeEngine.DONE);
            done = true;
        });
        return delivered;
    }

    @Override
    public boolean isDone() {
        if (!process.isAlive()) {
            throw new BenchmarkFailure(kind.word() + " has ended by itself; see " + folder.log(kind.word()));
        }
        return done;
    }

    @Override
    public void close() {
        process.close();
    }
}

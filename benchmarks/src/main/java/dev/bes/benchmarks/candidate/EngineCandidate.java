package dev.bes.benchmarks.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.benchmarks.engine.EngineCommand;
import dev.bes.benchmarks.engine.EngineKind;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.ChildProcess;
import dev.bes.benchmarks.environment.HttpRequests;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.stub.StubKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Any engine but ours, in a process of its own that is asked by HTTP. */
final class EngineCandidate implements Candidate {

    private final String name;
    private final EngineKind kind;
    private final BenchmarkFolder folder;
    private final BenchmarkDatabase database;
    private final ChildProcess process;
    private final URI address;

    private EngineCandidate(
            String name, EngineKind kind, BenchmarkFolder folder, BenchmarkDatabase database, ChildProcess process) {
        this.name = name;
        this.kind = kind;
        this.folder = folder;
        this.database = database;
        this.process = process;
        this.address = process.readAddress();
    }

    /** Starts it on an empty database, and returns when it is ready. */
    static EngineCandidate start(EngineKind kind, BenchmarkFolder folder, StubProcess remote, StubKind remoteKind) {
        String name = CandidateName.of(kind.title(), remoteKind);
        BenchmarkDatabase database = BenchmarkDatabase.start(folder, name);
        List<String> arguments = List.of(
                "engine",
                "--kind",
                kind.name(),
                "--remote",
                remoteKind.name(),
                "--stub",
                remote.address().url().toString(),
                "--database",
                database.url(),
                "--user",
                database.user());
        ChildProcess process =
                ChildProcess.withOutput(ChildProcess.Command.thisProgram(name, arguments), folder.log(name));
        return new EngineCandidate(name, kind, folder, database, process);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return kind.settings();
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public BenchmarkDatabase database() {
        return database;
    }

    @Override
    public int mostFiles() {
        return kind.mostFiles();
    }

    @Override
    public Path requestAll(Path files) {
        Path delivered = delivered();
        take(files, delivered, "");
        return delivered;
    }

    @Override
    public String request(Path file) {
        try {
            Path uploads = Files.createDirectories(folder.own(name).resolve("uploads"));
            take(uploads.resolve(file.getFileName()), deliveredForSingleFiles(), Files.readString(file));
            return "in/" + file.getFileName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path deliveredForSingleFiles() {
        return delivered();
    }

    private void take(Path input, Path delivered, String content) {
        HttpRequests.body(HttpRequests.request("%s%s?input=%s&delivered=%s"
                        .formatted(address, EngineCommand.TAKE, encoded(input), encoded(delivered)))
                .POST(BodyPublishers.ofString(content)));
    }

    private Path delivered() {
        try {
            return Files.createDirectories(folder.delivered().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(Path path) {
        return URLEncoder.encode(path.toString(), UTF_8);
    }

    @Override
    public boolean isDone(long calls) {
        if (!process.isAlive()) {
            throw new BenchmarkFailure(name + " has ended by itself; see " + folder.log(name));
        }
        return HttpRequests.body(HttpRequests.request(address + EngineCommand.LEFT))
                .equals("0");
    }

    @Override
    public void stop() {
        process.close();
    }

    @Override
    public void close() {
        stop();
        database.close();
    }
}

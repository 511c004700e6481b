package dev.bes.benchmarks.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.bes.benchmarks.stub.StubAddress;
import dev.bes.benchmarks.stub.StubKind;
import dev.bes.sandbox.http.HttpPort;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one engine as a process, controlled by HTTP. It ends when its standard input ends. */
@Command(name = "engine", hidden = true, description = "One engine.", mixinStandardHelpOptions = true)
public final class EngineCommand implements Callable<Integer> {

    /** Path that accepts a folder of files, or one file in the body: parameters {@code input} and {@code delivered}. */
    public static final String TAKE = "/take";
    /** Path of the number of accepted files that are not scored yet. */
    public static final String LEFT = "/left";

    private static final int CONNECTIONS = 48;

    private final WorkCounter counter = new WorkCounter();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--kind", required = true)
    private EngineKind kind = EngineKind.BARE;

    @Option(names = "--remote", required = true)
    private StubKind remote = StubKind.BES;

    @Option(names = "--stub", required = true)
    private URI stub = URI.create("");

    @Option(names = "--database", required = true)
    private String database = "";

    @Option(names = "--user", required = true)
    private String user = "";

    /** Used by picocli. */
    public EngineCommand() {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (RemoteClients clients = RemoteClients.of(new StubAddress(stub, remote));
                HikariDataSource pool = pool();
                Engine engine = kind.start(pool, clients.steps(), counter);
                HttpPort port = HttpPort.open(0, request -> answer(engine, request))) {
            out.println(port.url());
            out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        return 0;
    }

    private Reply answer(Engine engine, Request request) {
        if (request.path().equals(TAKE)) {
            Path input = Path.of(request.query("input").orElseThrow());
            Path delivered = Path.of(request.query("delivered").orElseThrow());
            keep(input, request.body());
            take(engine, input, delivered);
            return new Reply(202, Map.of(), "");
        }
        Throwable failure = counter.failure();
        return failure == null
                ? new Reply(200, Map.of(), Long.toString(counter.left()))
                : new Reply(500, Map.of(), failure.toString());
    }

    private static void keep(Path input, String content) {
        try {
            if (!content.isEmpty()) {
                Files.writeString(input, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(Engine engine, Path input, Path delivered) {
        if (Files.isDirectory(input)) {
            List<Scoring> all = files(input).stream()
                    .map(file -> Scoring.of(file, delivered))
                    .toList();
            counter.taken(all.size());
            engine.take(all);
        } else {
            counter.taken(1);
            engine.take(Scoring.of(input, delivered));
        }
    }

    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database + "?reWriteBatchedInserts=true");
        pool.setUsername(user);
        pool.setMaximumPoolSize(CONNECTIONS);
        if (kind == EngineKind.SPRING_BATCH) {
            Flyway.configure().dataSource(pool).load().migrate();
        }
        return pool;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

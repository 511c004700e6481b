package dev.bes.benchmarks.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.bes.benchmarks.stub.StubAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one engine as a process of its own: every line that it reads is a run, and is answered when that is done. */
@Command(name = "engine", hidden = true, description = "One engine.", mixinStandardHelpOptions = true)
public final class ServeEngine implements Callable<Integer> {

    /** What it says when it can be told of a run. */
    public static final String READY = "ready";
    /** What it says when a run is done. */
    public static final String DONE = "done";

    private static final int CONNECTIONS = 48;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--kind", required = true)
    private Kind kind = Kind.BARE;

    @Option(names = "--stub", required = true)
    private URI stub = URI.create("");

    @Option(names = "--database", required = true)
    private String database = "";

    @Option(names = "--user", required = true)
    private String user = "";

    /** Made by the command line. */
    public ServeEngine() {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (HikariDataSource pool = pool();
                Clients clients = Clients.of(new StubAddress(stub), pool);
                Engine engine = kind.start(pool, clients.steps())) {
            answer(out, READY);
            BufferedReader runs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = runs.readLine(); line != null; line = runs.readLine()) {
                Folders folders = Folders.parse(line);
                engine.score(names(folders), folders);
                answer(out, DONE);
            }
        }
        return 0;
    }

    private static void answer(PrintWriter out, String word) {
        out.println(word);
        out.flush();
    }

    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database + "?reWriteBatchedInserts=true");
        pool.setUsername(user);
        pool.setMaximumPoolSize(CONNECTIONS);
        if (kind == Kind.SPRING_BATCH) {
            Flyway.configure().dataSource(pool).load().migrate();
        }
        return pool;
    }

    private static List<String> names(Folders folders) throws IOException {
        try (Stream<Path> files = Files.list(folders.work())) {
            return files.map(file -> file.getFileName().toString().replace(".csv", ""))
                    .toList();
        }
    }
}

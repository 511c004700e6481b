package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.JobTime;
import dev.bes.benchmarks.stub.Stub;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the stub as a process of its own: says where it is, and ends when its input does. */
@Command(name = "stub", hidden = true, description = "The remote side in memory.", mixinStandardHelpOptions = true)
final class ServeStub implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--least", required = true, description = "The least time that a job takes.")
    private Duration least = Duration.ZERO;

    @Option(names = "--most", required = true, description = "The most time that a job takes.")
    private Duration most = Duration.ZERO;

    @Override
    public Integer call() throws IOException {
        try (Stub stub = Stub.open(new JobTime(least, most))) {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(stub.url());
            out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
            return 0;
        }
    }
}

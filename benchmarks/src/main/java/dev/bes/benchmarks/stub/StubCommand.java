package dev.bes.benchmarks.stub;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the stub as a process: prints its address, and ends when its standard input ends. */
@Command(name = "stub", hidden = true, description = "The remote side in memory.", mixinStandardHelpOptions = true)
public final class StubCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--least", required = true, description = "The least time that a job takes.")
    private Duration least = Duration.ZERO;

    @Option(names = "--most", required = true, description = "The most time that a job takes.")
    private Duration most = Duration.ZERO;

    @ArgGroup(exclusive = false)
    private @Nullable Gateway gateway;

    /** The gateway in front of the service, if there is one. */
    static final class Gateway {
        @Option(names = "--rate", required = true, description = "Calls in a minute.")
        private int rate;

        @Option(names = "--quota", required = true, description = "Calls in a day.")
        private int quota;

        @Option(names = "--day", required = true, description = "How long a day takes.")
        private Duration day = Duration.ZERO;

        StubLimits limits() {
            return new StubLimits(rate, quota, day);
        }
    }

    @Override
    public Integer call() throws IOException {
        JobDuration time = new JobDuration(least, most);
        try (Stub stub = gateway == null ? Stub.open(time) : Stub.open(time, gateway.limits())) {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(stub.url());
            out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
            return 0;
        }
    }
}

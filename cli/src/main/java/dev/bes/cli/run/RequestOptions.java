package dev.bes.cli.run;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.cli.output.Printer;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Failures;
import dev.bes.cli.session.Session;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run is requested: with which key, for how long it is tried, and whether its end is waited for. */
final class RequestOptions {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Table<AcceptedRunJson> ACCEPTED = Table.<AcceptedRunJson>of()
            .with("run", AcceptedRunJson::id)
            .with("definition", AcceptedRunJson::definition);

    @Option(names = "--wait", description = "Waits for the end of the run; the exit code says how it ended.")
    private boolean wait;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Makes a repeated request the same request. Default: a random one.")
    private @Nullable String key;

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            description = "How long a service that does not answer is asked again, such as 30s or 5m. Default: 5m.")
    private Duration retryFor = Duration.ofMinutes(5);

    /**
     * Requests a run, waits for its end if asked to, and prints it.
     *
     * @param request sends the request with an idempotency key
     * @return the exit code
     */
    int request(Session session, Function<String, AcceptedRun> request) {
        String used = key == null ? UUID.randomUUID().toString() : key;
        Printer printer = session.printer();
        if (session.options().verbose()) {
            printer.warning("Idempotency key: " + used);
        }
        AcceptedRun accepted = send(session, () -> request.apply(used), used);
        if (!wait) {
            printer.row(accepted.run(), accepted.run(), ACCEPTED);
            return ExitCode.FINISHED;
        }
        printer.note("Run %d%s".formatted(accepted.id(), accepted.replayed() ? " (an earlier request made it)" : ""));
        RunDetailJson ended = new RunWait(session, retryFor).untilEnd(accepted.id());
        printer.row(ended, ended.run(), RunTables.RUNS);
        return RunWait.exitCode(ended.run());
    }

    /** Sends the request again with the same key while nobody answers: the key makes it one request. */
    private AcceptedRun send(Session session, Supplier<AcceptedRun> request, String used) {
        long deadline = System.nanoTime() + retryFor.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return request.get();
            } catch (ApiException e) {
                Duration next = e.retryAfter() == null ? pause : e.retryAfter();
                if (!Failures.isPassing(e) || System.nanoTime() + next.toNanos() > deadline) {
                    warn(session, e, used);
                    throw e;
                }
                session.printer()
                        .note("The request has no answer yet (%s); sending it again with the same key in %d s"
                                .formatted(Failures.reason(e), Math.max(1, next.toSeconds())));
                session.pause(next);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static void warn(Session session, ApiException e, String used) {
        if (!e.isAnswered()) {
            session.printer()
                    .warning("It is not known whether the run was accepted. To find out, repeat the command with"
                            + " --idempotency-key " + used);
        }
    }
}

package dev.bes.cli.run;

import dev.bes.api.client.ApiException;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.cli.output.ProgressBar;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Failures;
import dev.bes.cli.session.Session;
import java.time.Duration;

/**
 * Waits for the end of a run, and shows its progress. A service that does not answer is asked again for a while.
 *
 * @param session the session
 * @param retryFor how long a service that does not answer is asked again
 */
record RunWait(Session session, Duration retryFor) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY_PAUSE = Duration.ofSeconds(15);

    /**
     * Waits until the run has ended, or nothing in it goes on without a user's decision. If the process is interrupted
     * meanwhile, it says that the run goes on.
     *
     * @return the run as it is then
     * @throws ApiException if the service refuses, or does not answer for too long
     */
    RunDetailJson untilEnd(long run) {
        try (ProgressBar bar = session.progressBar()) {
            return InterruptNote.during(() -> untilEnd(run, bar), () -> {
                bar.clear();
                session.printer()
                        .warning(("Interrupted. Run %d goes on: bes watch %d waits for it again, bes cancel %d ends"
                                        + " it.")
                                .formatted(run, run, run));
            });
        }
    }

    private RunDetailJson untilEnd(long run, ProgressBar bar) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            RunDetailJson detail = read(run, bar);
            if (isOver(detail.run())) {
                return detail;
            }
            show(bar, detail);
            session.pause(pause);
            pause = longer(pause, LONGEST_PAUSE);
        }
    }

    /** Reads the run, and asks a service that does not answer again with growing pauses. */
    private RunDetailJson read(long run, ProgressBar bar) {
        long deadline = System.nanoTime() + retryFor.toNanos();
        Duration pause = FIRST_PAUSE;
        boolean said = false;
        while (true) {
            try {
                RunDetailJson detail = session.api().run(run);
                if (said) {
                    session.printer().note("The service answers again.");
                }
                return detail;
            } catch (ApiException e) {
                if (!Failures.isPassing(e) || System.nanoTime() + pause.toNanos() > deadline) {
                    throw e;
                }
                if (!said) {
                    bar.clear();
                    session.printer()
                            .note("The service can't be asked (%s); trying again for %s. Run %d goes on meanwhile."
                                    .formatted(Failures.reason(e), words(retryFor), run));
                    said = true;
                }
                session.pause(pause);
                pause = longer(pause, LONGEST_RETRY_PAUSE);
            }
        }
    }

    static String words(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static Duration longer(Duration pause, Duration longest) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    private static boolean isOver(RunJson run) {
        return run.state().ended()
                || (run.attentionCount() > 0 && run.endedCount() + run.attentionCount() >= run.scoringCount());
    }

    private static void show(ProgressBar bar, RunDetailJson detail) {
        RunJson run = detail.run();
        String attention = run.attentionCount() == 0 ? "" : ", %d need attention".formatted(run.attentionCount());
        bar.show(
                "Run %d".formatted(run.id()),
                run.endedCount(),
                run.scoringCount(),
                "%d of %d scorings%s  %s"
                        .formatted(
                                run.endedCount(),
                                run.scoringCount(),
                                attention,
                                run.state().word()));
    }

    /** The exit code for the end of a run. */
    static int exitCode(RunJson run) {
        return switch (run.state()) {
            case FINISHED -> ExitCode.FINISHED;
            case FAILED -> ExitCode.FAILED;
            case CANCELLED -> ExitCode.CANCELLED;
            case NOT_STARTED, RUNNING -> ExitCode.ATTENTION;
        };
    }
}

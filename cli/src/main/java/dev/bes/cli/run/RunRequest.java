package dev.bes.cli.run;

import dev.bes.api.NewRunJson;
import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import dev.bes.cli.output.ProgressBar;
import dev.bes.cli.session.Failures;
import dev.bes.cli.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests a run, and repeats the request with the same key while nobody answers: the key makes it one request.
 *
 * @param run definition and parameters
 * @param files files by input
 * @param key idempotency key
 * @param retryFor how long a service that does not answer is asked again
 */
record RunRequest(NewRunJson run, Map<String, Path> files, String key, Duration retryFor) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    /** The slowest connection that is waited for. */
    private static final long BYTES_PER_SECOND = 50_000;

    /**
     * Sends the request.
     *
     * @throws ApiException if the service refuses, or does not answer for too long
     */
    AcceptedRun send(Session session) {
        long deadline = System.nanoTime() + retryFor.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return once(session);
            } catch (ApiException e) {
                Duration wait = e.retryAfter() == null ? pause : e.retryAfter();
                if (!Failures.isPassing(e) || System.nanoTime() + wait.toNanos() > deadline) {
                    throw e;
                }
                session.printer()
                        .note("The request has no answer yet (%s); sending it again with the same key in %d s"
                                .formatted(Failures.reason(e), Math.max(1, wait.toSeconds())));
                session.pause(wait);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private AcceptedRun once(Session session) {
        if (files.isEmpty()) {
            return session.client().request(run, key);
        }
        Map<String, Long> sizes = new HashMap<>();
        files.values().forEach(file -> sizes.put(file.toString(), size(file)));
        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        AtomicLong sent = new AtomicLong();
        try (ProgressBar bar = session.progressBar()) {
            Map<String, UploadResource> parts = new LinkedHashMap<>();
            files.forEach((input, file) -> parts.put(input, new UploadResource(file, count -> {
                long done = sent.addAndGet(count);
                bar.show("Upload", done, all, ProgressBar.size(done) + " of " + ProgressBar.size(all));
            })));
            Duration timeout = ANSWER.plusSeconds(all / BYTES_PER_SECOND);
            return session.client().withTimeout(timeout).request(run, parts, key);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

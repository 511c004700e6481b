package dev.bes.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.NewRerunJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * A client of the service. Calls that are one request are in {@link #api()}; here is what needs more. Safe for use by many
 * threads. Every call throws {@link ApiException} when it does not succeed.
 */
public final class OrchestratorClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final MediaType CSV = new MediaType("text", "csv");
    private static final int SERVER_ERROR = 500;
    private static final int NO_CONTENT = 204;
    private static final int STREAM_MINUTES = 6;

    private final URI url;
    private final HttpClient http;
    private final CountDownLatch closed;
    private final @Nullable String key;
    private final RestClient rest;
    private final OrchestratorApi api;

    /** A client that waits 5 s for a connection and 30 s for an answer. */
    public OrchestratorClient(URI url) {
        this(url, CONNECT_TIMEOUT, TIMEOUT);
    }

    /**
     * A client with time-outs of its own.
     *
     * @param connect how long a connection may take
     * @param timeout how long a call may take, up to the last byte of its answer
     */
    public OrchestratorClient(URI url, Duration connect, Duration timeout) {
        this(url, connect, timeout, null);
    }

    /**
     * A client that signs in with an API key.
     *
     * @param connect how long a connection may take
     * @param timeout how long a call may take, up to the last byte of its answer
     * @param key the API key, sent with each call as a bearer token; null to send none
     */
    public OrchestratorClient(URI url, Duration connect, Duration timeout, @Nullable String key) {
        this(
                url,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(connect)
                        .build(),
                new CountDownLatch(1),
                timeout,
                key);
    }

    private OrchestratorClient(
            URI url, HttpClient http, CountDownLatch closed, Duration timeout, @Nullable String key) {
        this.url = url;
        this.http = http;
        this.closed = closed;
        this.key = key;
        this.rest = ApiConnection.rest(url, http, timeout, key);
        this.api = ApiConnection.api(rest);
    }

    /** The same client with another time-out for a call; both share their connections, and closing one closes both. */
    public OrchestratorClient withTimeout(Duration timeout) {
        return new OrchestratorClient(url, http, closed, timeout, key);
    }

    /** The calls of the REST API that answer with JSON. */
    public OrchestratorApi api() {
        return api;
    }

    /**
     * Requests a run of the files that its definition names.
     *
     * @param key idempotency key; null if the request is never repeated
     */
    public AcceptedRun request(NewRunJson run, @Nullable String key) {
        return accepted(api.request(key, run));
    }

    /**
     * Requests a run of files that are sent along. A file is read while it is sent.
     *
     * @param files the files by input; a resource that has no file name gets that of its input
     * @param key idempotency key; null if the request is never repeated
     */
    public AcceptedRun request(NewRunJson run, Map<String, ? extends Resource> files, @Nullable String key) {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        if (run.definition() != null) {
            form.add("definition", run.definition());
        }
        if (run.callback() != null) {
            form.add("callback", run.callback());
        }
        if (run.parameters() != null) {
            run.parameters().forEach((name, value) -> form.add("parameters." + name, value == null ? "" : value));
        }
        files.forEach((input, file) -> {
            HttpHeaders headers = new HttpHeaders();
            headers.setContentType(CSV);
            form.add(input, new HttpEntity<>(file, headers));
        });
        return accepted(api.request(key, form));
    }

    /**
     * Requests a new run that repeats an ended one.
     *
     * @param key idempotency key; null if the request is never repeated
     */
    public AcceptedRun rerun(long run, NewRerunJson rerun, @Nullable String key) {
        return accepted(api.rerun(key, run, rerun));
    }

    private static AcceptedRun accepted(ResponseEntity<AcceptedRunJson> answer) {
        AcceptedRunJson run = answer.getBody();
        if (run == null) {
            throw new IllegalStateException("The interface lets no empty answer through");
        }
        return new AcceptedRun(run, answer.getHeaders().containsHeader("Idempotency-Replayed"));
    }

    /**
     * Waits for the end of a run. A call without an answer, or one that the service can't answer now, is repeated.
     *
     * @param atMost how long to wait
     * @return the run, which has ended
     * @throws ApiException also when the run has not ended in time, and when the client is closed meanwhile
     */
    public RunDetailJson awaitEnd(long run, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            String last;
            try {
                RunDetailJson detail = api.run(run);
                if (detail.run().state().ended()) {
                    return detail;
                }
                last = "it is " + detail.run().state().word();
            } catch (ApiException e) {
                if (e.isAnswered() && e.status() < SERVER_ERROR) {
                    throw e;
                }
                last = String.valueOf(e.getMessage());
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                throw ApiException.unclear(
                        "Waiting for run " + run, "it has not ended within " + atMost + "; " + last, null);
            }
            pause(run, pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void pause(long run, Duration pause) {
        try {
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ApiException.unclear("Waiting for run " + run, "the client was closed", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unclear("Waiting for run " + run, "interrupted", e);
        }
    }

    /**
     * Fetches a delivered output. The whole of it has to come within the time-out of the client.
     *
     * @param position of the scoring in its run
     * @param output name of the output
     * @param reader reads it while it comes
     * @return what the reader returns
     */
    public <T> T output(long run, int position, String output, OutputReader<T> reader) {
        return ApiConnection.<T>call(
                "Output %s of scoring %d of run %d".formatted(output, position, run),
                () -> rest.get()
                        .uri("/api/v1/runs/{run}/scorings/{position}/outputs/{output}", run, position, output)
                        .exchange((request, answer) -> {
                            ApiConnection.require(request, answer);
                            return reader.read(answer.getBody());
                        }));
    }

    /**
     * Reads the moves of one run or of all runs as they happen, until the stream ends: after some minutes, when the service ends,
     * or with the run. To go on, call it again with the id of the last entry. A connection that breaks without a word is noticed
     * after {@value #STREAM_MINUTES} minutes at most.
     *
     * @param run the run; null for all that the caller may see
     * @param after the id of the last entry that the caller has; null for the first of a run, or for what comes of all runs
     * @param listener gets them on this thread
     * @return whether the run has ended; false for all runs
     * @throws ApiException when the service refuses, or the stream breaks
     */
    public boolean events(@Nullable Long run, @Nullable Long after, RunEventListener listener) {
        String path = run == null ? "/api/v1/runs/events" : "/api/v1/runs/" + run + "/events";
        return ApiConnection.<Boolean>call(
                "GET " + path,
                () -> ApiConnection.rest(url, http, Duration.ofMinutes(STREAM_MINUTES), key)
                        .get()
                        .uri(path)
                        .accept(MediaType.TEXT_EVENT_STREAM)
                        .headers(headers -> {
                            if (after != null) {
                                headers.set("Last-Event-ID", after.toString());
                            }
                        })
                        .exchange((request, answer) -> {
                            ApiConnection.require(request, answer);
                            // closed here: who closes the answer first reads it to its end, which may be minutes away
                            try (InputStream body = answer.getBody()) {
                                return answer.getStatusCode().value() == NO_CONTENT
                                        || new EventReader(listener, run != null).read(body);
                            }
                        }));
    }

    /** Whether the service says that it is ready; one that does not answer is not. */
    public boolean isReady() {
        try {
            text("/readyz");
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    /**
     * What an address of the service says, word for word; of a long answer the first 32 MB.
     *
     * @param path path and query
     */
    public String text(String path) {
        return ApiConnection.<String>call(
                "GET " + path,
                () -> rest.get().uri(url.resolve(path)).exchange((request, answer) -> {
                    ApiConnection.require(request, answer);
                    return text(answer);
                }));
    }

    private static String text(RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse answer) throws IOException {
        return new String(answer.getBody().readNBytes(ApiConnection.MOST_JSON_BYTES), UTF_8);
    }

    /** Ends all calls. */
    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
    }
}

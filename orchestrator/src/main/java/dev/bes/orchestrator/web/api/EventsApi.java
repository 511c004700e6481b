package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.database.RequestConnections;
import dev.bes.orchestrator.run.query.JournalReader;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.web.events.CallerCheck;
import dev.bes.orchestrator.web.events.JournalFeed;
import dev.bes.orchestrator.web.guard.WebSettings;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams of events, for programs. */
@RestController
final class EventsApi {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Authorization authorization;
    private final JournalFeed feed;
    private final JournalReader journal;
    private final RunReader reader;
    private final RequestConnections connections;
    private final CallerCheck callerCheck;
    private final int max;
    private final Semaphore free;

    EventsApi(
            Authorization authorization,
            JournalFeed feed,
            JournalReader journal,
            RunReader reader,
            RequestConnections connections,
            CallerCheck callerCheck,
            WebSettings settings) {
        this.authorization = authorization;
        this.feed = feed;
        this.journal = journal;
        this.reader = reader;
        this.connections = connections;
        this.callerCheck = callerCheck;
        this.max = settings.maxStreams();
        this.free = new Semaphore(max);
    }

    /** The moves of all runs that the caller may see, from now on or after the last id that he has. */
    @GetMapping(path = "/api/v1/runs/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Role.VIEWER)
    SseEmitter all(
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String last,
            HttpServletRequest request,
            Access access) {
        return open(request, access, null, id(last));
    }

    /** The moves of one run, from its first one or after the last id that the caller has. It ends with the run. */
    @GetMapping(path = "/api/v1/runs/{id:\\d{1,18}}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Role.VIEWER)
    ResponseEntity<SseEmitter> one(
            @PathVariable long id,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String last,
            HttpServletRequest request,
            Access access) {
        boolean ended = authorization.run(id, access, Role.VIEWER).state().ended();
        Long after = id(last);
        if (ended
                && after != null
                && journal.between(id, after, Long.MAX_VALUE, 1).isEmpty()) {
            // a browser that gets this connects no more
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok(open(request, access, id, after));
    }

    private SseEmitter open(HttpServletRequest request, Access access, @Nullable Long run, @Nullable Long after) {
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    ProblemKind.CONCURRENCY_LIMIT,
                    "%d streams of events are open, the limit set by orchestrator.web.max-streams".formatted(max));
        }
        EventStream stream = new EventStream(
                journal, reader, access.scope(Role.VIEWER), callerCheck.of(request, access), run, after);
        Thread.ofVirtual().name("event-stream").start(() -> serve(stream));
        return stream.emitter();
    }

    private void serve(EventStream stream) {
        connections.enter();
        feed.add(stream);
        try {
            stream.run();
        } finally {
            feed.remove(stream);
            connections.leave();
            free.release();
        }
    }

    private static @Nullable Long id(@Nullable String last) {
        if (last == null || last.isEmpty()) {
            return null;
        }
        if (!last.matches("\\d{1,18}")) {
            throw ProblemException.badRequest("'Last-Event-ID' is not the id of an event");
        }
        return Long.valueOf(last);
    }
}

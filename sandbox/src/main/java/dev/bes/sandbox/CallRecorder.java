package dev.bes.sandbox;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.request.Guids;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes every call of a port to the journal, and sends its reply after the journal is on disk. */
final class CallRecorder implements Handler {

    private static final Pattern JOB = Pattern.compile("(?i)/jobs/([^/]+)");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern NEW_JOB = Pattern.compile("\"([0-9a-f]{32})\"");

    /** The name of a job of a batch endpoint, in the address or the answer of a call. */
    private static final Pattern NAMED = Pattern.compile("(?i)/jobs/([A-Za-z0-9_-]{1,255})(?=[/\"]|$)");

    private final String port;
    private final Handler next;
    private final Function<Request, Optional<String>> caller;
    private final BiFunction<Request, Reply, Optional<String>> job;
    private final Journal journal;

    /** @param caller the name of the subscription that a request is made with */
    CallRecorder(
            String port,
            Handler next,
            Function<Request, Optional<String>> caller,
            Journal journal,
            RuntimeSettings settings) {
        this(port, next, caller, (request, reply) -> job(request, reply, settings), journal);
    }

    private CallRecorder(
            String port,
            Handler next,
            Function<Request, Optional<String>> caller,
            BiFunction<Request, Reply, Optional<String>> job,
            Journal journal) {
        this.port = port;
        this.next = next;
        this.caller = caller;
        this.job = job;
        this.journal = journal;
    }

    /** Records the calls of batch endpoints, whose jobs have names of another form. */
    static CallRecorder ofBatchEndpoints(Handler endpoints, Journal journal) {
        return new CallRecorder("direct", endpoints, request -> Optional.empty(), CallRecorder::jobOfEndpoint, journal);
    }

    @Override
    public Reply handle(Request request) {
        long began = System.nanoTime();
        Reply reply = next.handle(request);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("port", port);
        facts.put("method", request.method());
        facts.put("path", request.path());
        facts.put("query", query(request));
        caller.apply(request).ifPresent(name -> facts.put("subscription", name));
        facts.put("status", reply.status());
        Optional.ofNullable(reply.headers().get("Retry-After")).ifPresent(wait -> facts.put("retryAfter", wait));
        facts.put("micros", (System.nanoTime() - began) / 1000);
        journal.append(Event.CALL, job.apply(request, reply).orElse(null), facts);
        journal.force();
        return reply;
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new TreeMap<>(request.query());
        query.keySet().removeIf(name -> name.equalsIgnoreCase("subscription-key"));
        return query;
    }

    private static Optional<String> job(Request request, Reply reply, RuntimeSettings settings) {
        Matcher path = JOB.matcher(request.path());
        Matcher created = NEW_JOB.matcher(reply.body());
        if (path.find()) {
            return Optional.of(Guids.issued(path.group(1), settings.assumptions()))
                    .filter(id -> ID.matcher(id).matches());
        }
        return created.matches() ? Optional.of(created.group(1)) : Optional.empty();
    }

    private static Optional<String> jobOfEndpoint(Request request, Reply reply) {
        Matcher path = NAMED.matcher(request.path());
        if (path.find()) {
            return Optional.of(path.group(1));
        }
        Matcher created = NAMED.matcher(reply.body());
        return reply.status() == 201 && created.find() ? Optional.of(created.group(1)) : Optional.empty();
    }
}

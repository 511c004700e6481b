package dev.bes.testbench.checker;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.Handling;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.SearchedText;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Comparison;
import dev.bes.testbench.checker.evidence.Snapshot.DroppedFile;
import dev.bes.testbench.checker.evidence.Snapshot.Firing;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import dev.bes.testbench.checker.evidence.Snapshot.Trigger;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is left after a run that was clean, made by hand; a test spoils it in one place. */
final class World {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String FOLDER = "/inbox/hash";
    static final String KEY = "canary-of-the-subscription";
    static final Duration RECOVERY = Duration.ofSeconds(60);

    final List<JournalEntry> journal = new ArrayList<>();
    final List<DriverEntry> driver = new ArrayList<>();
    final List<Run> runs = new ArrayList<>();
    final List<Scoring> scorings = new ArrayList<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Intent> intents = new ArrayList<>();
    final List<Move> moves = new ArrayList<>();
    final List<DroppedFile> ledger = new ArrayList<>();
    final List<Snapshot.Callback> callbacks = new ArrayList<>();
    final List<Long> compared = new ArrayList<>();
    final List<Comparison> comparisons = new ArrayList<>();
    final List<StoredFile> blobs = new ArrayList<>();
    final List<StoredFile> delivered = new ArrayList<>();
    final List<StoredFile> dropped = new ArrayList<>();
    final List<SearchedText> texts = new ArrayList<>();
    final List<Long> instances = new ArrayList<>();
    final Map<Long, String> open = new LinkedHashMap<>();
    final Map<Long, String> failed = new LinkedHashMap<>();
    final List<Trigger> triggers = new ArrayList<>();
    final List<Firing> firings = new ArrayList<>();
    final Map<String, ServiceClass> classes = new LinkedHashMap<>();
    int processes = 1;

    /**
     * Runs that finished, of each trigger, one that was cancelled while its job was at work, and one that was
     * answered at once.
     */
    static World clean() {
        World world = new World();
        world.driver.add(new DriverEntry.Asked(at(0), "hash", "k1"));
        world.driver.add(new DriverEntry.Acknowledged(at(50), "k1", 1));
        world.finished(1, "request", "request:k1");
        UUID file = new UUID(7, 7);
        world.driver.add(new DriverEntry.FileDropped(at(0), "hash", FOLDER, "a.csv", "file-a"));
        world.ledger.add(new DroppedFile(file, FOLDER, "a.csv", 2, "archive"));
        world.dropped.add(new StoredFile(FOLDER + "/archive/2-a.csv", "file-a"));
        world.finished(2, "files", "file:" + file);
        world.driver.add(new DriverEntry.FireTimePassed(at(0), "hash", "tick", at(0)));
        world.finished(3, "schedule", "schedule:tick:" + at(0));
        world.driver.add(new DriverEntry.Asked(at(0), "hash", "k4"));
        world.driver.add(new DriverEntry.CancelAcknowledged(at(3500), 4));
        world.cancelled(4, "request:k4");
        world.driver.add(new DriverEntry.Asked(at(0), "hash", "k5"));
        world.answered(5, "request:k5");
        world.once(16, "file-c", "c1.csv", "c2.csv");
        world.staying(17, "file-d", "d.csv");
        world.blob(18, "file-e", "e.csv");
        world.told(20, "k10");
        world.shadow(21, 200);
        world.compared.add(200L);
        world.comparisons.add(new Comparison(200, 21L, "same", "shadow"));
        world.texts.add(new SearchedText("log of node 1", "sig=*** is how a signature is written"));
        world.triggers.add(new Trigger("hash.tick", "WAITING", at(100_000)));
        return world;
    }

    /** Two files of one content, of which the second is a duplicate. */
    private void once(long run, String content, String scored, String duplicate) {
        UUID file = new UUID(run, 7);
        for (String name : List.of(scored, duplicate)) {
            driver.add(new DriverEntry.FileDropped(at(0), "hash", FOLDER, name, content, Handling.ONCE));
        }
        ledger.add(new DroppedFile(file, FOLDER, scored, run, "archive"));
        ledger.add(new DroppedFile(new UUID(run, 8), FOLDER, duplicate, 0, "duplicate"));
        dropped.add(new StoredFile(FOLDER + "/archive/" + run + "-" + scored, content));
        dropped.add(new StoredFile(FOLDER + "/archive/duplicate-" + duplicate, content));
        finished(run, "files", "file:" + file);
    }

    /** A file that stays where it is. */
    private void staying(long run, String content, String name) {
        UUID file = new UUID(run, 7);
        driver.add(new DriverEntry.FileDropped(at(0), "hash", FOLDER, name, content, Handling.STAYING));
        ledger.add(new DroppedFile(file, FOLDER, name, run, "left"));
        dropped.add(new StoredFile(FOLDER + "/" + name, content));
        finished(run, "files", "file:" + file);
    }

    /** A blob that was archived. */
    private void blob(long run, String content, String name) {
        driver.add(new DriverEntry.FileDropped(at(0), "hash", "lake/in/", name, content, Handling.BLOB));
        ledger.add(new DroppedFile(new UUID(run, 7), "lake/in/", name, run, "archive"));
        dropped.add(new StoredFile("lake/in/archive/" + run + "-" + name, content));
        finished(run, "files", "blob:" + content);
    }

    /** A run of whose end the driver was told, twice. */
    private void told(long run, String key) {
        driver.add(new DriverEntry.Asked(at(0), "calls", key));
        finished(run, "request", "request:" + key);
        replace(
                runs,
                it -> it.id() == run,
                it -> new Run(
                        run,
                        "calls",
                        it.occurrence(),
                        it.trigger(),
                        null,
                        it.state(),
                        null,
                        1,
                        2,
                        it.createdAt(),
                        null,
                        it.endedAt()));
        callbacks.add(new Snapshot.Callback("event-" + run, run, "calls", "delivered"));
        driver.add(new DriverEntry.CallbackReceived(at(5000), "event-" + run, run));
        driver.add(new DriverEntry.CallbackReceived(at(6000), "event-" + run, run));
    }

    static Instant at(long millis) {
        return NOON.plusMillis(millis);
    }

    static String job(long run) {
        return "%032x".formatted(run);
    }

    static UUID nonce(long run) {
        return new UUID(run, 1);
    }

    static String output(long run) {
        return "out/%d/1-1/%s/output1.csv".formatted(run, nonce(run));
    }

    Evidence evidence() {
        Snapshot database = new Snapshot(
                at(90_000),
                runs,
                scorings,
                attempts,
                intents,
                moves,
                ledger,
                callbacks,
                new Snapshot.Shadows(compared, comparisons),
                new Snapshot.Batch(instances, open, failed),
                new Snapshot.Quartz(triggers, firings));
        CheckerSettings policy = new CheckerSettings(
                Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(100), RECOVERY, processes, 4, classes);
        return new Evidence(
                journal, database, driver, blobs, delivered, dropped, texts, Map.of("subscription key", KEY), policy);
    }

    /** A fault that lasts from one time to another. */
    World fault(FaultKind fault, long from, long to) {
        String id = "f" + driver.size();
        driver.add(new DriverEntry.FaultBegun(at(from), id, fault, "node 1"));
        driver.add(new DriverEntry.FaultEnded(at(to), id));
        return this;
    }

    /** Replaces the items that are meant. */
    static <T> void replace(List<T> list, Predicate<T> which, UnaryOperator<T> by) {
        list.replaceAll(item -> which.test(item) ? by.apply(item) : item);
    }

    void finished(long run, String trigger, String occurrence) {
        row(run, trigger, occurrence, "DELIVERED", "Finished", null);
        move(run, 10L, 1, "PLANNED NotStarted", "STAGED NotStarted", 100);
        move(run, 10L, 2, "STAGED NotStarted", "SUBMITTED NotStarted", 200);
        move(run, 10L, 3, "SUBMITTED NotStarted", "STARTED NotStarted", 320);
        move(run, 10L, 4, "STARTED NotStarted", "STARTED Running", 1400);
        move(run, 10L, 5, "STARTED Running", "SCORED Running", 3400);
        move(run, 10L, 6, "SCORED Running", "DELIVERED Finished", 4000);
        move(run, null, 1, "NotStarted", "Running", 1400);
        move(run, null, 2, "Running", "Finished", 4000);
        Output output = new Output(output(run), "/delivered/" + run + ".csv", "hash-" + run);
        attempts.add(
                new Attempt(run * 10, 1, "Finished", nonce(run), job(run), at(200), Map.of("output1", output), "bes"));
        intents.add(new Intent(nonce(run), run * 10, 1));
        submitted(job(run), output(run), 150);
        started(job(run), 300);
        call("GET", job(run), 200, 1350);
        note(Event.OUTPUT, job(run), 2000, Map.of("path", "c/" + output(run), "sha256", "hash-" + run));
        note(Event.STATE, job(run), 2100, Map.of("from", "Running", "to", "Finished"));
        call("GET", job(run), 200, 3350);
        blobs.add(new StoredFile("c/" + output(run), "hash-" + run));
        delivered.add(new StoredFile("/delivered/" + run + ".csv", "hash-" + run));
    }

    /** The shadow of a scoring. */
    void shadow(long run, long scoring) {
        serving(run, "shadow", "shadow:" + scoring);
    }

    /** A run that serves another one, and delivers nothing. */
    void serving(long run, String trigger, String occurrence) {
        finished(run, trigger, occurrence);
        replace(
                attempts,
                it -> it.scoring() == run * 10,
                it -> new Attempt(run * 10, 1, "Finished", it.nonce(), it.job(), it.submittedAt(), Map.of(), "bes"));
        delivered.removeIf(file -> file.path().equals("/delivered/" + run + ".csv"));
    }

    /** A run whose file was scored at once, without a job. */
    void answered(long run, String occurrence) {
        row(run, "request", occurrence, "DELIVERED", "Finished", null);
        replace(
                scorings,
                it -> it.run() == run,
                it -> new Scoring(it.id(), run, 1, it.step(), it.state(), 1, 3, null, null, 0));
        move(run, 10L, 1, "PLANNED NotStarted", "STAGED NotStarted", 100);
        move(run, 10L, 2, "STAGED NotStarted", "SCORED Running", 400);
        move(run, 10L, 3, "SCORED Running", "DELIVERED Finished", 4000);
        move(run, null, 1, "NotStarted", "Running", 400);
        move(run, null, 2, "Running", "Finished", 4000);
        Output output = new Output(output(run), "/delivered/" + run + ".csv", "hash-" + run);
        attempts.add(new Attempt(run * 10, 1, "Finished", nonce(run), null, null, Map.of("output1", output), "bes"));
        intents.add(new Intent(nonce(run), run * 10, 1));
        executed(run, 300);
        blobs.add(new StoredFile("c/" + output(run), "hash-" + run));
        delivered.add(new StoredFile("/delivered/" + run + ".csv", "hash-" + run));
    }

    void executed(long run, long at) {
        Map<String, Object> facts = Map.of("sha256", "hash-" + run, "rows", 1);
        journal.add(new JournalEntry(journal.size() + 1L, at(at), Event.EXECUTE, null, facts));
    }

    private void cancelled(long run, String occurrence) {
        row(run, "request", occurrence, "STARTED", "Cancelled", at(3500));
        move(run, 10L, 1, "PLANNED NotStarted", "STAGED NotStarted", 100);
        move(run, 10L, 2, "STAGED NotStarted", "SUBMITTED NotStarted", 200);
        move(run, 10L, 3, "SUBMITTED NotStarted", "STARTED NotStarted", 320);
        move(run, 10L, 4, "STARTED NotStarted", "STARTED Running", 1400);
        move(run, 10L, 5, "STARTED Running", "STARTED Running", 3500);
        move(run, 10L, 6, "STARTED Running", "STARTED Cancelled", 4000);
        move(run, null, 1, "NotStarted", "Running", 1400);
        move(run, null, 2, "Running", "Cancelled", 4000);
        attempts.add(new Attempt(run * 10, 1, "Cancelled", nonce(run), job(run), at(200), Map.of(), "bes"));
        intents.add(new Intent(nonce(run), run * 10, 1));
        submitted(job(run), output(run), 150);
        started(job(run), 300);
        call("GET", job(run), 200, 1350);
        note(Event.DELETE, job(run), 3600, Map.of("state", "Running"));
        note(Event.STATE, job(run), 3600, Map.of("from", "Running", "to", "Cancelled"));
        call("DELETE", job(run), 204, 3600);
        call("GET", job(run), 200, 3650);
    }

    void row(long run, String trigger, String occurrence, String step, String state, @Nullable Instant cancelled) {
        Instant fireTime = trigger.equals("schedule") ? at(0) : null;
        runs.add(new Run(run, "hash", occurrence, trigger, fireTime, state, null, 1, 2, at(40), cancelled, at(4000)));
        scorings.add(new Scoring(run * 10, run, 1, step, state, 1, 6, null, null, 0));
    }

    void move(long run, @Nullable Long scoring, int seq, String from, String to, long at) {
        Integer attempt = scoring == null ? null : 1;
        Long id = scoring == null ? null : scoring * run;
        moves.add(new Move(run, id, seq, attempt, from, to, at(at), null));
    }

    void submitted(String job, String output, long at) {
        note(Event.SUBMIT, job, at, Map.of("outputs", Map.of("output1", "c/" + output)));
        call("POST", job, 200, at);
    }

    void started(String job, long at) {
        note(Event.START, job, at, Map.of("accepted", true));
        note(Event.STATE, job, at, Map.of("from", "NotStarted", "to", "Running"));
        call("POST", job, 204, at);
    }

    void note(Event event, String job, long at, Map<String, Object> facts) {
        journal.add(new JournalEntry(journal.size() + 1L, at(at), event, job, facts));
    }

    /** A call that was answered after five milliseconds. */
    void call(String method, String job, int status, long at, String... retryAfter) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("method", method);
        facts.put("path", "/api/workspaces/w/services/s/jobs/" + job);
        facts.put("subscription", "unlimited");
        facts.put("status", status);
        facts.put("micros", 5000);
        if (retryAfter.length > 0) {
            facts.put("retryAfter", retryAfter[0]);
        }
        note(Event.CALL, job, at + 5, facts);
    }
}

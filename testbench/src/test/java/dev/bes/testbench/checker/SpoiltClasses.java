package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.World.at;
import static dev.bes.testbench.checker.World.job;
import static dev.bes.testbench.checker.World.nonce;
import static dev.bes.testbench.checker.World.replace;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;

/** Runs at remote services of the other classes, and ways in which they are spoilt. Run 30 is one of these; 9 is nobody's number. */
final class SpoiltClasses {
    private static final long RUN = 30;
    private static final String HEADER = "Id,Score\r\n";
    private static final String FIRST = "a,1\r\nb,2\r\n";
    private static final String SECOND = "c,3\r\n";
    private static final UUID ANOTHER = new UUID(9, 9);

    private SpoiltClasses() {}

    /** A run that was scored by a job under our name. */
    static World named(World world) {
        finished(world, ServiceClass.NAMED);
        String name = nonce(RUN).toString();
        attempt(world, it -> with(it, name, "named"));
        replace(
                world.journal,
                entry -> job(RUN).equals(entry.job()),
                entry -> new JournalEntry(entry.seq(), entry.at(), entry.event(), name, entry.facts()));
        return world;
    }

    static void secondName(World world) {
        created(named(world), ANOTHER.toString(), nonce(RUN));
    }

    /** A run that was scored by a job whose id only the answer told. */
    static World unnamed(World world) {
        finished(world, ServiceClass.UNNAMED);
        attempt(world, it -> with(it, it.job(), "unnamed"));
        return world;
    }

    /** The answer to the first call was lost. */
    static void extraJob(World world) {
        unnamed(world).intents.add(new Intent(ANOTHER, RUN * 10, 1));
        world.fault(FaultKind.CALLS_FAILING, 0, 100);
        world.journal.removeIf(entry -> job(RUN).equals(entry.job()) && entry.event() == Event.SUBMIT);
        created(world, job(9), ANOTHER);
        world.submitted(job(RUN), World.output(RUN), 150);
        world.journal.sort(java.util.Comparator.comparing(JournalEntry::at));
    }

    static void extraJobCancelled(World world) {
        extraJob(world);
        world.note(Event.DELETE, job(9), 5000, Map.of("state", "Running"));
    }

    static void newestAdopted(World world) {
        unnamed(world).fault(FaultKind.CALLS_DUPLICATED, 0, 1000);
        created(world, job(9), nonce(RUN));
        world.journal.sort(java.util.Comparator.comparing(JournalEntry::at));
    }

    /** A run whose three rows were scored in two batches. */
    static World rows(World world) {
        return rows(world, FIRST + SECOND);
    }

    static void rowTwice(World world) {
        rows(world, FIRST + FIRST);
    }

    static void answerOfAnotherBatch(World world) {
        rows(world, FIRST + "d,4\r\n");
        execute(world, "d,4\r\n", 900);
    }

    static void rowThatNobodyScored(World world) {
        rows(world, FIRST + "c,5\r\n");
    }

    static void batchTwice(World world) {
        execute(rows(world), SECOND, 900);
    }

    static void batchTwiceByAFault(World world) {
        batchTwice(world.fault(FaultKind.NODE_KILLED, 0, 10));
    }

    private static World rows(World world, String output) {
        world.classes.put("rows", ServiceClass.ROWS);
        world.driver.add(new DriverEntry.Asked(at(0), "hash", "k30"));
        world.answered(RUN, "request:k30");
        world.journal.removeIf(entry -> ("hash-" + RUN).equals(entry.fact("sha256")));
        attempt(world, it -> with(it, String.valueOf(it.nonce()), "rows"));
        world.blobs.add(new StoredFile("c/in/30/1-1/%s/input1.csv".formatted(nonce(9)), "?", "Id\na\nb\nc\n"));
        replace(
                world.delivered,
                file -> file.path().equals("/delivered/30.csv"),
                file -> new StoredFile(file.path(), file.sha256(), HEADER + output));
        execute(world, FIRST, 300);
        execute(world, SECOND, 310);
        return world;
    }

    private static void execute(World world, String rows, long at) {
        Map<String, Object> facts = Map.of("sha256", DigestUtils.sha256Hex(HEADER + rows));
        world.journal.add(new JournalEntry(world.journal.size() + 1L, at(at), Event.EXECUTE, null, facts));
    }

    private static void finished(World world, ServiceClass its) {
        world.classes.put(its.name().toLowerCase(java.util.Locale.ROOT), its);
        world.driver.add(new DriverEntry.Asked(at(0), "hash", "k30"));
        world.finished(RUN, "request", "request:k30");
    }

    /** One more job is created, and at work from then on. */
    private static void created(World world, String job, UUID nonce) {
        world.submitted(job, "out/30/1-1/%s/output1.csv".formatted(nonce), 120);
        world.started(job, 120);
    }

    private static Attempt with(Attempt it, String job, String endpoint) {
        return new Attempt(
                it.scoring(), it.number(), it.state(), it.nonce(), job, it.submittedAt(), it.outputs(), endpoint);
    }

    private static void attempt(World world, UnaryOperator<Attempt> change) {
        replace(world.attempts, it -> it.scoring() == RUN * 10, change);
    }
}

package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.SequenceRows;
import dev.bes.orchestrator.pipeline.SequenceRows.Attempt;
import dev.bes.orchestrator.pipeline.SequenceRows.Entry;
import dev.bes.orchestrator.pipeline.SequenceRows.Scoring;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold when everything has become quiet, between the rows and the remote side. */
final class Invariants {
    private static final Map<String, Set<String>> EDGES = Map.of(
            "PLANNED NotStarted", Set.of("STAGED NotStarted"),
            "STAGED NotStarted", Set.of("SUBMITTED NotStarted", "STARTED NotStarted"),
            "SUBMITTED NotStarted", Set.of("STARTED NotStarted"),
            "STARTED NotStarted", Set.of("STARTED Running", "SCORED Running", "PLANNED NotStarted"),
            "STARTED Running", Set.of("SCORED Running", "PLANNED NotStarted"),
            "SCORED Running", Set.of("DELIVERED Finished", "PLANNED NotStarted"));

    private final SequenceRows sequenceRows;
    private final ModelRemote remote;
    private final ModelWorld world;

    Invariants(SequenceRows sequenceRows, ModelWorld world) {
        this.sequenceRows = sequenceRows;
        this.world = world;
        this.remote = world.remote();
    }

    void check() {
        sequenceRows.scorings().forEach(this::scoring);
        sequenceRows.attempts().forEach(this::attempt);
        sequenceRows.runs().forEach(this::run);
        remote.jobs.values().forEach(this::job);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
    private void expect(boolean holds, String what, Object... of) {
        if (!holds) {
            world.trace().violation(what.formatted(of));
        }
    }

    private void scoring(Scoring s) {
        String name = "scoring " + s.position() + " of run " + run(s.run());
        expect(s.ended() || s.attention() != null, "%s is left at %s: %s", name, s.place(), s.cause());
        expect(s.attempt() <= world.script().setting().attempts(), "%s was tried %d times", name, s.attempt());
        expect(!String.valueOf(s.cause()).contains("unexpected"), "%s: %s", name, s.cause());
        List<Entry> moves = sequenceRows.history().stream()
                .filter(e -> Objects.equals(e.scoring(), s.id()))
                .toList();
        follow(name, moves, "PLANNED NotStarted", s.place(), s.moves());
        moves.forEach(move -> expect(legal(move), "%s moved from %s to %s", name, move.from(), move.to()));
        expect(
                !s.ended() || jobs(s).stream().noneMatch(j -> j.busy(remote.now()) && !j.forgotten(remote.now())),
                "%s is %s, and its job is still at work",
                name,
                s.state());
    }

    private void follow(String name, List<Entry> moves, String first, String last, int count) {
        expect(moves.size() == count, "%s has %d rows of history for %d moves", name, moves.size(), count);
        String at = first;
        for (int i = 0; i < moves.size(); i++) {
            expect(moves.get(i).seq() == i + 1, "%s has a gap in its history at %d", name, i + 1);
            expect(
                    moves.get(i).from().equals(at),
                    "%s moved from %s, but it was at %s",
                    name,
                    moves.get(i).from(),
                    at);
            at = moves.get(i).to();
        }
        expect(at.equals(last), "the history of %s ends at %s, its row says %s", name, at, last);
    }

    private static boolean legal(Entry move) {
        String step = move.from().substring(0, move.from().indexOf(' '));
        Set<String> onwards = EDGES.getOrDefault(move.from(), Set.of());
        Set<String> ends = Set.of(move.from(), step + " Failed", step + " Cancelled");
        return onwards.contains(move.to()) || (EDGES.containsKey(move.from()) && ends.contains(move.to()));
    }

    private List<ModelJob> jobs(Scoring s) {
        return sequenceRows.attempts().stream()
                .filter(a -> a.scoring() == s.id() && a.job() != null)
                .map(a -> remote.jobs.get(a.job()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void attempt(Attempt a) {
        Scoring s = sequenceRows.scorings().stream()
                .filter(x -> x.id() == a.scoring())
                .findFirst()
                .orElseThrow();
        String name = "attempt %d of scoring %d of run %d".formatted(a.n(), s.position(), run(s.run()));
        boolean ended = a.n() < s.attempt() || s.ended();
        expect(!ended || a.state().matches("Failed|Cancelled|Finished"), "%s is left %s", name, a.state());
        expect(
                a.state().equals("Finished") == (a.blob() != null),
                "%s is %s with output %s",
                name,
                a.state(),
                a.blob());
        String output = remote.output();
        if (a.blob() != null && output == null) {
            delivered(name, a, remote.jobs.get(a.job()));
        } else if (a.blob() != null) {
            String sha256 = Sha256.of(output.getBytes(StandardCharsets.UTF_8));
            expect(sha256.equals(a.sha256()), "%s has not each row once, in order", name);
            expect(sha256.equals(sha256(Path.of(String.valueOf(a.file())))), "%s: the file is another", name);
        }
    }

    private void delivered(String name, Attempt a, ModelJob job) {
        String sha256 = Sha256.of(job.output());
        expect(
                job.state(remote.now()) == JobStatus.State.FINISHED,
                "%s is delivered, but %s is not finished",
                name,
                job.id);
        expect(job.place.path().equals(a.blob()), "%s has the output of another job: %s", name, a.blob());
        expect(sha256.equals(a.sha256()), "%s has a row for another output than that of %s", name, job.id);
        expect(
                sha256.equals(sha256(Path.of(String.valueOf(a.file())))),
                "%s: the file is not the output of %s",
                name,
                job.id);
    }

    private static String sha256(Path file) {
        try {
            return Files.exists(file) ? Sha256.of(Files.readAllBytes(file)) : "none";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(SequenceRows.Run r) {
        String name = "run " + run(r.id());
        List<Scoring> scorings =
                sequenceRows.scorings().stream().filter(s -> s.run() == r.id()).toList();
        Set<String> states = scorings.stream().map(Scoring::state).collect(Collectors.toSet());
        List<Entry> moves = sequenceRows.history().stream()
                .filter(e -> e.scoring() == null && e.run() == r.id())
                .toList();
        follow(name, moves, "NotStarted", r.state(), r.moves());
        if (scorings.stream().allMatch(Scoring::ended)) {
            String expected =
                    states.contains("Failed") ? "Failed" : states.contains("Cancelled") ? "Cancelled" : "Finished";
            expect(r.state().equals(expected), "%s is %s with scorings %s", name, r.state(), states);
        } else {
            expect(r.state().matches("NotStarted|Running"), "%s is %s with scorings %s", name, r.state(), states);
        }
    }

    /** The job that is not the oldest of its call, or one that nobody knows and nobody has stopped. */
    private void extra(ModelJob job, List<Attempt> holders) {
        boolean isOldest = remote.jobs.values().stream()
                .filter(other -> other.place.nonce().equals(job.place.nonce()))
                .findFirst()
                .orElseThrow()
                .equals(job);
        expect(isOldest || holders.isEmpty(), "%s is not the oldest of its call, and bound", job.id);
        expect(
                !holders.isEmpty() || job.isLate || !job.busy(remote.now()) || job.forgotten(remote.now()),
                "%s is at work, and nobody knows it",
                job.id);
    }

    private void job(ModelJob job) {
        List<Attempt> holders = sequenceRows.attempts().stream()
                .filter(a -> job.id.equals(a.job()))
                .toList();
        expect(holders.size() <= 1, "%s is bound to %s", job.id, holders);
        expect(sequenceRows.intents().contains(job.place.nonce()), "%s was submitted without an intent", job.id);
        expect(holders.isEmpty() || !job.cancelledAsOrphan, "%s was cancelled as an orphan and bound", job.id);
        if (remote.mayMakeExtraJobs()) {
            extra(job, holders);
            return;
        }
        expect(!holders.isEmpty() || job.startsSent == 0, "%s was started and is bound to nothing", job.id);
        expect(!holders.isEmpty() || !job.started(remote.now()), "%s runs and is bound to nothing", job.id);
    }

    private int run(long id) {
        return sequenceRows.runs().stream().map(SequenceRows.Run::id).toList().indexOf(id);
    }
}

package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.analysis.ScoredRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must be true of a run of one scoring in the end, by the far side's journal, the rows and the files. */
final class RunVerification {
    private final Installation installation;
    private final long run;
    private final List<JournalEntry> trail;

    RunVerification(Installation installation, long run) {
        this.installation = installation;
        this.run = run;
        List<JournalEntry> journal = TestEnvironment.sandbox().journal().entries();
        String folder = installation.container + "/out/" + run + "/";
        Set<String> jobs = journal.stream()
                .filter(e -> e.event() == Event.SUBMIT)
                .filter(e -> String.valueOf(e.fact("outputs")).contains(folder))
                .map(e -> String.valueOf(e.job()))
                .collect(Collectors.toSet());
        this.trail = journal.stream()
                .filter(e -> jobs.contains(String.valueOf(e.job())))
                .toList();
    }

    private record Attempt(String job, Instant bound, JsonNode outputs) {}

    /** Finished; one start, of the one job that was ours before; each submit written down; delivered once. */
    void isScoredOnce() {
        assertThat(state()).isEqualTo("Finished");
        Attempt attempt = attempt();
        assertThat(starts()).extracting(JournalEntry::job).as("started").containsExactly(attempt.job);
        assertThat(starts().getFirst().at())
                .as("started after the id was committed")
                .isAfterOrEqualTo(attempt.bound.truncatedTo(ChronoUnit.MILLIS));
        isWrittenDown();
        isDeliveredOnce(attempt.outputs);
    }

    /** Finished; the job is at work from the call on that creates it, and each other job is cancelled; delivered once, with a header. */
    void isScoredByOneJob() {
        assertThat(state()).isEqualTo("Finished");
        Attempt attempt = attempt();
        assertThat(of(Event.SUBMIT))
                .extracting(JournalEntry::job)
                .filteredOn(job -> of(Event.DELETE).stream().noneMatch(e -> Objects.equals(e.job(), job)))
                .as("jobs that are not cancelled")
                .containsExactly(attempt.job);
        isWrittenDown();
        Path file = Path.of(attempt.outputs.path("output1").path("file").asString());
        assertThat(file).content().startsWith(WorkKind.HASHED_HEADER + "\nThis is a good day,");
        assertThat(file.getParent()).as("the files delivered").isDirectoryNotContaining(f -> !f.equals(file));
    }

    /** Finished; ten rows, each once and in order, all of them from answers of the far side; delivered once. */
    void isScoredInBatches() {
        assertThat(state()).isEqualTo("Finished");
        Path file = Path.of(attempt().outputs.path("output1").path("file").asString());
        List<String> lines = read(file).lines().toList();
        String key = lines.getLast().replaceAll(".* of ([^,]+),.*", "$1");
        ScoredRows rows = ScoredRows.of(WorkKind.rows(key), read(file));
        assertThat(rows.isComplete()).as("each row once, in order").isTrue();
        assertThat(rows.parts(
                        ScoredRows.answers(TestEnvironment.sandbox().journal().entries())))
                .as("answers of the far side")
                .isPresent();
        assertThat(file.getParent()).as("the files delivered").isDirectoryNotContaining(f -> !f.equals(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finished, with one start for each of its scorings. */
    void isScoredOnce(int scorings) {
        assertThat(state()).isEqualTo("Finished");
        assertThat(starts())
                .extracting(JournalEntry::job)
                .doesNotHaveDuplicates()
                .hasSize(scorings);
        isWrittenDown();
    }

    /** Cancelled; at most one job ever started, and that one ended; nothing started after its end was asked for. */
    void isCancelledForGood() {
        assertThat(state()).isEqualTo("Cancelled");
        assertThat(starts()).hasSizeLessThanOrEqualTo(1);
        isWrittenDown();
        starts().forEach(start -> {
            assertThat(end(start.job())).isEqualTo("Cancelled");
            assertThat(of(Event.DELETE))
                    .filteredOn(e -> Objects.equals(e.job(), start.job()))
                    .isNotEmpty()
                    .allMatch(e -> e.seq() > start.seq());
        });
    }

    /** A job that was submitted and never bound was cancelled by the one who knew its id. */
    void hasCancelledItsOrphan() {
        List<String> jobs = of(Event.SUBMIT).stream()
                .map(e -> String.valueOf(e.job()))
                .filter(job -> !job.equals(attempt().job))
                .toList();
        assertThat(jobs).as("orphans").hasSize(1);
        assertThat(of(Event.DELETE)).extracting(JournalEntry::job).containsExactlyElementsOf(jobs);
    }

    private String state() {
        return installation
                .jdbc
                .sql("SELECT state FROM run WHERE id = ?")
                .param(run)
                .query(String.class)
                .single();
    }

    private Attempt attempt() {
        List<Attempt> attempts = installation
                .jdbc
                .sql("SELECT a.* FROM attempt a JOIN scoring s ON s.id = a.scoring_id WHERE s.run_id = ?")
                .param(run)
                .query((row, n) -> new Attempt(
                        row.getString("job_id"),
                        row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
                        JsonMapper.shared().readTree(row.getString("outputs"))))
                .list();
        assertThat(attempts).as("attempts").hasSize(1);
        return attempts.getFirst();
    }

    private void isWrittenDown() {
        List<String> intents = installation
                .jdbc
                .sql("SELECT nonce::text FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id WHERE s.run_id = ?")
                .param(run)
                .query(String.class)
                .list();
        assertThat(of(Event.SUBMIT))
                .as("submits, of which each was written down before")
                .hasSizeLessThanOrEqualTo(intents.size())
                .allMatch(e -> intents.stream().anyMatch(String.valueOf(e.fact("outputs"))::contains));
    }

    private void isDeliveredOnce(JsonNode outputs) {
        JsonNode output = outputs.path("output1");
        Path file = Path.of(output.path("file").asString());
        assertThat(of(Event.OUTPUT))
                .extracting(e -> e.fact("sha256"))
                .containsExactly(output.path("sha256").asString());
        assertThat(FileHash.of(file)).isEqualTo(output.path("sha256").asString());
        assertThat(file.getParent()).as("the files delivered").isDirectoryNotContaining(f -> !f.equals(file));
    }

    private List<JournalEntry> starts() {
        return of(Event.START).stream()
                .filter(e -> Boolean.TRUE.equals(e.fact("accepted")))
                .toList();
    }

    private String end(String job) {
        return of(Event.STATE).stream()
                .filter(e -> Objects.equals(e.job(), job))
                .map(e -> String.valueOf(e.fact("to")))
                .reduce("NotStarted", (before, after) -> after);
    }

    private List<JournalEntry> of(Event event) {
        return trail.stream().filter(e -> e.event() == event).toList();
    }
}

package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.kinds.FileBackedJobs;
import dev.bes.orchestrator.kinds.FileBackedJobs.Job;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What must be true in the end of a run of one scoring whose job is at work from the one call on that makes it. */
final class FakeJobVerification {
    private FakeJobVerification() {}

    /** Finished; one job that is not cancelled, and that is ours; each call written down; its output delivered once. */
    static void isScoredOnce(Installation installation, long run) {
        FileBackedJobs far = installation.far();
        List<Job> jobs = far.jobs(run);
        String ours = text(
                        installation,
                        "SELECT job_id FROM attempt a JOIN scoring s ON s.id = a.scoring_id WHERE s.run_id = ?",
                        run)
                .getFirst();
        assertThat(text(installation, "SELECT state FROM run WHERE id = ?", run))
                .containsExactly("Finished");
        assertThat(jobs)
                .filteredOn(job -> !far.isCancelled(job.id()))
                .extracting(Job::id)
                .as("jobs at work")
                .containsExactly(ours);
        assertThat(text(
                        installation,
                        "SELECT nonce::text FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id WHERE s.run_id = ?",
                        run))
                .as("calls that were written down")
                .containsAll(jobs.stream().map(Job::nonce).toList());
        String outputs = text(
                        installation,
                        "SELECT outputs::text FROM attempt a JOIN scoring s ON s.id = a.scoring_id WHERE s.run_id = ?",
                        run)
                .getFirst();
        Path file = Path.of(JsonMapper.shared()
                .readTree(outputs)
                .path("output1")
                .path("file")
                .asString());
        assertThat(file).hasContent("text\nscored by " + ours + "\n");
        assertThat(file.getParent()).isDirectoryNotContaining(f -> !f.equals(file));
    }

    private static List<String> text(Installation installation, String sql, long run) {
        return installation.jdbc.sql(sql).param(run).query(String.class).list();
    }
}

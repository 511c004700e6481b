package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.model.ModelJob.Place;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.run.DatabaseFixture;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the calls that change something on the remote side with the rows as they are committed at that moment. */
final class CommitChecker {
    private final JdbcClient jdbc = DatabaseFixture.shared().jdbc();
    private final ModelWorld world;
    private final Map<Asked, JobStatus.State> answers = new HashMap<>();

    CommitChecker(ModelWorld world) {
        this.world = world;
    }

    private record Asked(ModelNode.Work caller, String job) {}

    private record Bound(
            long scoring,
            long epoch,
            String step,
            boolean stopping,
            boolean current,
            boolean ended,
            UUID nonce,
            Duration since) {}

    void status(ModelJob job, JobStatus status) {
        answers.put(new Asked(world.work(), job.id), status.state());
    }

    /** A start may only be sent to a job that is bound, and again only when that is the only way to go on. */
    void start(ModelJob job) {
        Bound bound = bound(job).orElse(null);
        if (bound == null || !bound.nonce.equals(job.place.nonce())) {
            world.trace().violation(job.id + " was started before its id was committed");
        } else if (job.startsSent > 0
                && !world.work().overtaken(bound.scoring, bound.epoch)
                && !mayBeSentAgain(job, bound)) {
            world.trace().violation(job.id + " was started again without need");
        }
    }

    private boolean mayBeSentAgain(ModelJob job, Bound bound) {
        return bound.current
                && bound.step.equals("SUBMITTED")
                && answers.get(new Asked(world.work(), job.id)) == JobStatus.State.NOT_STARTED
                && bound.since.compareTo(Timing.GRACE) >= 0;
    }

    /** A job may only be made under the name that its attempt has, and the nonce of its intent. */
    void create(String name, JobRequest request) {
        Place place = Place.of(request.outputs().values().iterator().next());
        boolean isBound = jdbc.sql("""
                        SELECT EXISTS (SELECT FROM attempt a JOIN scoring s ON s.id = a.scoring_id
                        WHERE s.run_id = ? AND s.position = ? AND a.number = ? AND a.job_id = ? AND a.nonce::text = ?)""")
                .params(place.run(), place.position(), place.attempt(), name, name)
                .query(Boolean.class)
                .single();
        if (!isBound) {
            world.trace().violation("a job was made under the name " + name + ", which is not that of " + place);
        }
    }

    /**
     * A job may only be made when the nonce of its call is written down.
     *
     * @return whether its attempt already has a job, or is over
     */
    boolean invoke(UUID nonce, JobRequest request) {
        Place place = Place.of(request.outputs().values().iterator().next());
        Boolean current = jdbc.sql("""
                        SELECT s.attempt = i.attempt AND s.ended_at IS NULL AND a.job_id IS NULL
                        FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id
                        LEFT JOIN attempt a ON a.scoring_id = s.id AND a.number = i.attempt
                        WHERE i.nonce = ? AND s.run_id = ? AND s.position = ? AND i.attempt = ?""")
                .params(nonce, place.run(), place.position(), place.attempt())
                .query(Boolean.class)
                .optional()
                .orElse(null);
        if (current == null) {
            world.trace().violation("a call was made for " + place + " before its nonce was committed");
        }
        return current == null || !current;
    }

    /** A job may only be cancelled when its scoring is being stopped, or when nobody knows it. */
    void cancel(ModelJob job) {
        Bound bound = bound(job).orElse(null);
        if (bound == null) {
            job.cancelledAsOrphan = true;
        } else if (!bound.ended && !(bound.current && bound.stopping)) {
            world.trace().violation(job.id + " was cancelled, but its scoring is not being stopped");
        }
    }

    private Optional<Bound> bound(ModelJob job) {
        return jdbc.sql("""
                SELECT s.id, s.epoch, s.step, s.stop_reason IS NOT NULL AS stopping, s.attempt = a.number AS current,
                       a.ended_at IS NOT NULL AS ended, a.nonce,
                       (extract(epoch FROM clock_timestamp() - a.submitted_at) * 1000)::bigint AS since_ms
                FROM attempt a JOIN scoring s ON s.id = a.scoring_id
                WHERE a.endpoint = ? AND a.job_id = ?""")
                .param(world.endpoint())
                .param(job.id)
                .query((row, n) -> new Bound(
                        row.getLong("id"),
                        row.getLong("epoch"),
                        row.getString("step"),
                        row.getBoolean("stopping"),
                        row.getBoolean("current"),
                        row.getBoolean("ended"),
                        row.getObject("nonce", UUID.class),
                        Duration.ofMillis(row.getLong("since_ms"))))
                .optional();
    }
}

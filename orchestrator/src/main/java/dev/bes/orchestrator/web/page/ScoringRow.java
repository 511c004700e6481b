package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.Service;
import dev.bes.orchestrator.run.query.ScoringView.SharedJob;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.web.api.ScoringMapper;
import dev.bes.orchestrator.web.format.Formats;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scoring as a page shows it.
 *
 * @param position its number in the run, from 1
 * @param files names of the input files
 * @param state one of the five words
 * @param step the last fact durably known
 * @param track all steps, with the progress of each
 * @param needsAttention whether it needs attention
 * @param cause why it failed, was cancelled, or waits
 * @param due when it is checked next
 * @param attempts its attempts, first to last
 * @param outputs its delivered outputs
 * @param sharedJob with whom it shares a remote job; null if it shares none
 */
record ScoringRow(
        int position,
        Collection<String> files,
        String state,
        String step,
        List<Mark> track,
        boolean needsAttention,
        @Nullable String cause,
        @Nullable Moment due,
        List<Attempt> attempts,
        List<Output> outputs,
        @Nullable SharedJob sharedJob) {

    /**
     * A step on the track.
     *
     * @param step its name
     * @param progress done, stopped or ahead
     */
    record Mark(String step, String progress) {}

    /**
     * An attempt.
     *
     * @param n its number, from 1
     * @param state one of the five words
     * @param rrs whether RRS scored it, so that there is no remote job
     * @param jobId id of the remote job
     * @param rowsIn data rows of the first input
     * @param rowsScored rows that are scored so far, if they are scored in batches
     * @param cause why it failed or was cancelled
     */
    record Attempt(
            int n,
            String state,
            boolean rrs,
            @Nullable String jobId,
            String rowsIn,
            @Nullable String rowsScored,
            @Nullable String cause) {
        static Attempt of(AttemptView attempt) {
            return new Attempt(
                    attempt.number(),
                    attempt.state().word(),
                    attempt.service() == Service.RRS,
                    attempt.jobId(),
                    Formats.rows(attempt.rowsIn()),
                    attempt.rowsScored() == null ? null : Formats.rows(attempt.rowsScored()),
                    attempt.cause());
        }
    }

    /**
     * A delivered output.
     *
     * @param name its name
     * @param href where to fetch it
     * @param rows data rows
     * @param bytes size
     */
    record Output(String name, String href, String rows, String bytes) {}

    static ScoringRow of(long run, ScoringView scoring, RelativeTimes relativeTimes) {
        return new ScoringRow(
                scoring.position(),
                scoring.files().values().stream().map(VisibleText::of).toList(),
                scoring.state().word(),
                scoring.step().name(),
                track(scoring.step(), scoring.state()),
                scoring.attention() != null,
                scoring.cause(),
                scoring.state().ended() ? null : relativeTimes.ofNullable(scoring.dueAt()),
                scoring.attempts().stream().map(Attempt::of).toList(),
                ScoringMapper.outputs(run, scoring).entrySet().stream()
                        .map(output -> new Output(
                                output.getKey(),
                                output.getValue().href(),
                                Formats.rows(output.getValue().rows()),
                                Formats.bytes(output.getValue().bytes())))
                        .toList(),
                scoring.sharedJob());
    }

    private static List<Mark> track(Step last, State state) {
        boolean stopped = state == State.FAILED || state == State.CANCELLED;
        List<Step> steps = List.of(Step.values());
        int reached = steps.indexOf(last);
        return IntStream.range(0, steps.size())
                .mapToObj(i -> new Mark(steps.get(i).name(), progress(i - reached, stopped)))
                .toList();
    }

    private static String progress(int ahead, boolean stopped) {
        if (ahead <= 0) {
            return "done";
        }
        return ahead == 1 && stopped ? "stopped" : "ahead";
    }
}

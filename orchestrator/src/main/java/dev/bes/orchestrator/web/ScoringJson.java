package dev.bes.orchestrator.web;

import dev.bes.orchestrator.run.ScoringView;
import dev.bes.orchestrator.run.ScoringView.AttemptView;
import dev.bes.orchestrator.run.ScoringView.Service;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A scoring as the API shows it.
 *
 * @param position its number in the run, from 1
 * @param step the last fact durably known
 * @param state one of the five words
 * @param stopping why it is being stopped, if it is
 * @param attention why it needs somebody's attention, if it does
 * @param cause why it failed, was cancelled, or waits
 * @param files names of the input files by input
 * @param dueAt when it is looked at next
 * @param endedAt when it ended
 * @param attempts its attempts, first to last
 * @param outputs its delivered outputs by name
 * @param links {@code resume}, if it needs attention
 */
record ScoringJson(
        int position,
        Step step,
        State state,
        @Nullable String stopping,
        @Nullable String attention,
        @Nullable String cause,
        Map<String, String> files,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt,
        List<AttemptJson> attempts,
        Map<String, OutputJson> outputs,
        Map<String, String> links) {

    /**
     * An attempt.
     *
     * @param n its number, from 1
     * @param state one of the five words
     * @param cause why it failed or was cancelled
     * @param service which service scores it, BES or RRS, once that is known
     * @param jobId id of the remote job; none if RRS scored it
     * @param rowsIn data rows of the first input
     * @param stagedAt when its inputs were staged
     * @param boundAt when the id of the remote job was committed
     * @param startedAt when the start was confirmed
     * @param scoredAt when the remote job was seen finished, or RRS had answered
     * @param endedAt when it ended
     */
    record AttemptJson(
            int n,
            State state,
            @Nullable String cause,
            @Nullable Service service,
            @Nullable String jobId,
            long rowsIn,
            Instant stagedAt,
            @Nullable Instant boundAt,
            @Nullable Instant startedAt,
            @Nullable Instant scoredAt,
            @Nullable Instant endedAt) {

        static AttemptJson of(AttemptView attempt) {
            return new AttemptJson(
                    attempt.n(),
                    attempt.state(),
                    attempt.cause(),
                    attempt.service(),
                    attempt.jobId(),
                    attempt.rowsIn(),
                    attempt.stagedAt(),
                    attempt.boundAt(),
                    attempt.startedAt(),
                    attempt.scoredAt(),
                    attempt.endedAt());
        }
    }

    /**
     * A delivered output.
     *
     * @param href where to fetch it
     * @param rows data rows
     * @param bytes size
     * @param sha256 hash in hex
     */
    record OutputJson(String href, long rows, long bytes, String sha256) {}

    static ScoringJson of(long run, ScoringView scoring) {
        return new ScoringJson(
                scoring.position(),
                scoring.step(),
                scoring.state(),
                scoring.stopping(),
                scoring.attention() == null ? null : scoring.attention().word(),
                scoring.cause(),
                scoring.files(),
                scoring.dueAt(),
                scoring.endedAt(),
                scoring.attempts().stream().map(AttemptJson::of).toList(),
                outputs(run, scoring),
                scoring.attention() == null ? Map.of() : Map.of("resume", resume(run, scoring.position())));
    }

    static Map<String, OutputJson> outputs(long run, ScoringView scoring) {
        Map<String, OutputJson> outputs = new LinkedHashMap<>();
        scoring.attempts()
                .forEach(attempt -> attempt.outputs()
                        .forEach((name, output) -> outputs.put(
                                name,
                                new OutputJson(
                                        href(run, scoring.position(), name),
                                        output.rows(),
                                        output.bytes(),
                                        output.sha256()))));
        return outputs;
    }

    static String resume(long run, int position) {
        return RunJson.at(run) + "/scorings/" + position + "/resume";
    }

    private static String href(long run, int position, String name) {
        return UriComponentsBuilder.fromPath(RunJson.at(run))
                .pathSegment("scorings", Integer.toString(position), "outputs", name)
                .encode()
                .toUriString();
    }
}

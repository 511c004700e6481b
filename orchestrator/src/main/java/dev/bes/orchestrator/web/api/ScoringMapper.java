package dev.bes.orchestrator.web.api;

import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringJson.AttemptJson;
import dev.bes.api.run.ScoringJson.OutputJson;
import dev.bes.api.run.ScoringJson.SharedJobJson;
import dev.bes.api.run.StepJson;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.SharedJob;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** Maps scorings to JSON. */
public final class ScoringMapper {
    private ScoringMapper() {}

    static ScoringJson json(long run, ScoringView scoring) {
        return new ScoringJson(
                scoring.position(),
                step(scoring.step()),
                RunMapper.state(scoring.state()),
                scoring.stopReason(),
                scoring.attention() == null ? null : scoring.attention().word(),
                scoring.cause(),
                scoring.files(),
                scoring.dueAt(),
                scoring.endedAt(),
                scoring.attempts().stream().map(ScoringMapper::json).toList(),
                outputs(run, scoring),
                sharedJob(scoring.sharedJob()),
                scoring.attention() == null ? Map.of() : Map.of("resume", resume(run, scoring.position())));
    }

    private static @Nullable SharedJobJson sharedJob(@Nullable SharedJob shared) {
        return shared == null ? null : new SharedJobJson(shared.run(), shared.files());
    }

    private static AttemptJson json(AttemptView attempt) {
        return new AttemptJson(
                attempt.number(),
                RunMapper.state(attempt.state()),
                attempt.cause(),
                attempt.service() == null ? null : attempt.service().name(),
                attempt.jobId(),
                attempt.rowsIn(),
                attempt.rowsScored(),
                attempt.stagedAt(),
                attempt.submittedAt(),
                attempt.startedAt(),
                attempt.scoredAt(),
                attempt.endedAt());
    }

    private static StepJson step(Step step) {
        return switch (step) {
            case PLANNED -> StepJson.PLANNED;
            case STAGED -> StepJson.STAGED;
            case SUBMITTED -> StepJson.SUBMITTED;
            case STARTED -> StepJson.STARTED;
            case SCORED -> StepJson.SCORED;
            case DELIVERED -> StepJson.DELIVERED;
        };
    }

    /** The delivered outputs by name, with the address of each. */
    public static Map<String, OutputJson> outputs(long run, ScoringView scoring) {
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

    /** The address that resumes a scoring. */
    static String resume(long run, int position) {
        return RunMapper.address(run) + "/scorings/" + position + "/resume";
    }

    private static String href(long run, int position, String name) {
        return UriComponentsBuilder.fromPath(RunMapper.address(run))
                .pathSegment("scorings", Integer.toString(position), "outputs", name)
                .encode()
                .toUriString();
    }
}

package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.forecast.CallForecaster;
import dev.bes.orchestrator.run.forecast.CallForecaster.Ahead;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.backfill.BackfillPlan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Says what a backfill would do, and what it would cost. Writes nothing. */
@Component
public class BackfillPlanner {
    private final Partitions partitions;
    private final InputFiles inputFiles;
    private final FileThreads files;
    private final CallForecaster forecaster;

    BackfillPlanner(Partitions partitions, InputFiles inputFiles, FileThreads files, CallForecaster forecaster) {
        this.partitions = partitions;
        this.inputFiles = inputFiles;
        this.files = files;
        this.forecaster = forecaster;
    }

    /**
     * Plans a backfill.
     *
     * @throws TooManyTimesException if its range has too many times
     */
    public BackfillPlan plan(BackfillRequest request) {
        List<Partition> ordered = ordered(request);
        List<Partition> starts = starts(request, ordered);
        List<Problem> problems = new ArrayList<>();
        int scorings = files.get(
                Use.REQUEST,
                "Finding the files of a backfill",
                () -> starts.stream()
                        .mapToInt(partition -> scorings(request, partition, problems))
                        .sum());
        Ahead ahead = scorings == 0 ? null : forecaster.ahead(request.definition(), scorings);
        return new BackfillPlan(
                ordered,
                starts,
                scorings,
                ahead == null ? null : ahead.calls(),
                ahead == null ? null : ahead.time(),
                problems);
    }

    /** The partitions of which the backfill starts a run, in the order of the starts. */
    List<Partition> starts(BackfillRequest request) {
        return starts(request, ordered(request));
    }

    private List<Partition> ordered(BackfillRequest request) {
        List<Partition> all = partitions.of(request);
        return request.newestFirst() ? all.reversed() : all;
    }

    private static List<Partition> starts(BackfillRequest request, List<Partition> all) {
        return all.stream()
                .filter(partition -> request.scope().takes(partition.state()))
                .toList();
    }

    private int scorings(BackfillRequest request, Partition partition, List<Problem> problems) {
        NewRun run = NewRun.scheduled(
                request.definition(),
                partition.schedule(),
                partition.fireTime(),
                request.schedule().zone(),
                partition.parameters(),
                List.of());
        try {
            return inputFiles
                    .scorings(request.definition(), Map.of(), run.values())
                    .size();
        } catch (RunRefusedException.NoInput | TemplateException e) {
            problems.add(new Problem(partition.key(), String.valueOf(e.getMessage())));
            return 0;
        }
    }
}

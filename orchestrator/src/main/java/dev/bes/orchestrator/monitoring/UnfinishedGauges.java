package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.query.UnfinishedWork.Runs;
import dev.bes.orchestrator.run.query.UnfinishedWork.Scorings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Gauges of unfinished runs and scorings. */
@Component
class UnfinishedGauges {
    private final DefinitionLabels labels;
    private final Endpoints endpoints;
    private final GaugeFamily runs;
    private final GaugeFamily scorings;
    private final GaugeFamily oldest;
    private final GaugeFamily attention;

    UnfinishedGauges(MeterRegistry registry, DefinitionLabels labels, Endpoints endpoints) {
        this.labels = labels;
        this.endpoints = endpoints;
        runs = new GaugeFamily(registry, "orchestrator.runs.unfinished", null, "Unfinished runs");
        scorings = new GaugeFamily(registry, "orchestrator.scorings.unfinished", null, "Unfinished scorings");
        oldest = new GaugeFamily(
                registry,
                "orchestrator.scorings.oldest.age",
                "seconds",
                "Time since the acceptance of the oldest run that has an unfinished scoring in this step");
        attention = new GaugeFamily(registry, "orchestrator.attention.scorings", null, "Scorings that need attention");
    }

    void showRuns(List<Runs> unfinished) {
        runs.show(Grouping.<Runs>by(each -> Tags.of(
                        "definition",
                        labels.of(each.definition()),
                        "state",
                        each.state().word()))
                .sum(unfinished, Runs::count));
    }

    void showScorings(List<Scorings> unfinished) {
        scorings.show(Grouping.by(this::point).sum(unfinished, Scorings::count));
        oldest.show(Grouping.<Scorings>by(
                        each -> step(each.step()),
                        Stream.of(Step.values())
                                .filter(step -> step != Step.DELIVERED)
                                .map(UnfinishedGauges::step))
                .longest(unfinished, Scorings::age));
        attention.show(needingAttention(unfinished));
    }

    private static Map<Tags, Double> needingAttention(List<Scorings> unfinished) {
        Map<Tags, Double> byCause = new HashMap<>();
        for (Attention cause : Attention.values()) {
            byCause.put(
                    Tags.of("cause", cause.word()),
                    unfinished.stream()
                            .filter(each -> each.attention() == cause)
                            .mapToDouble(Scorings::count)
                            .sum());
        }
        return byCause;
    }

    private Tags point(Scorings each) {
        return step(each.step())
                .and(
                        "definition", labels.of(each.definition()),
                        "endpoint", DefinitionLabels.known(each.endpoint(), endpoints.names()),
                        "state", each.state().word());
    }

    private static Tags step(Step step) {
        return Tags.of("step", step.name().toLowerCase(Locale.ROOT));
    }
}

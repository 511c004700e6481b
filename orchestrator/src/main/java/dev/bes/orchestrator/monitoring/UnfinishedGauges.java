package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.query.UnfinishedWork.Runs;
import dev.bes.orchestrator.run.query.UnfinishedWork.Scorings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * Gauges of unfinished runs and scorings. All nodes share these, so every node shows the same values: monitoring takes their
 * maximum, not their sum. What is zero is shown for all endpoints, steps and causes, so that a rule sees it fall.
 */
@Component
class UnfinishedGauges {
    private static final String DEFINITION = "definition";
    private static final String ENDPOINT = "endpoint";
    private static final String STEP = "step";
    private static final String STATE = "state";
    private static final String SWEEP = "sweep";
    private static final String CAUSE = "cause";

    private final DefinitionLabels labels;
    private final Endpoints endpoints;
    private final GaugeFamily scorings;
    private final GaugeFamily oldest;
    private final GaugeFamily runs;
    private final GaugeFamily backlog;
    private final GaugeFamily backlogAge;
    private final GaugeFamily waitingForCalls;
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
        backlog = new GaugeFamily(
                registry, "orchestrator.backlog.scorings", null, "Scorings that are due and that no node works on");
        backlogAge = new GaugeFamily(
                registry, "orchestrator.backlog.age", "seconds", "For how long the first of them has been due");
        waitingForCalls = new GaugeFamily(
                registry, "orchestrator.budget.waiting", null, "Scorings of the backlog that wait for calls");
        attention = new GaugeFamily(registry, "orchestrator.attention.scorings", null, "Scorings that need attention");
    }

    void showRuns(List<Runs> unfinished) {
        runs.show(group(
                unfinished,
                each -> Tags.of(
                        DEFINITION,
                        labels.of(each.definition()),
                        STATE,
                        each.state().word()),
                Runs::count,
                Double::sum,
                new HashMap<>()));
    }

    void showScorings(List<Scorings> unfinished) {
        scorings.show(group(
                unfinished,
                each -> Tags.of(
                        DEFINITION, labels.of(each.definition()),
                        ENDPOINT, endpoint(each),
                        STATE, each.state().word(),
                        STEP, word(each.step())),
                Scorings::count,
                Double::sum,
                new HashMap<>()));
        oldest.show(group(
                unfinished,
                each -> Tags.of(STEP, word(each.step())),
                each -> seconds(each.age()),
                Double::max,
                steps()));
        attention.show(group(
                unfinished.stream().filter(each -> each.attention() != null).toList(),
                each -> Tags.of(
                        CAUSE, each.attention() == null ? "" : each.attention().word()),
                Scorings::count,
                Double::sum,
                causes()));
        Function<Scorings, Tags> place =
                each -> Tags.of(ENDPOINT, endpoint(each), SWEEP, each.sweep().column());
        backlog.show(group(unfinished, place, Scorings::due, Double::sum, places()));
        backlogAge.show(group(unfinished, place, each -> seconds(each.overdue()), Double::max, places()));
        waitingForCalls.show(group(
                unfinished.stream().filter(this::waitsForCalls).toList(), place, Scorings::due, Double::sum, places()));
    }

    private boolean waitsForCalls(Scorings each) {
        return endpoints.names().contains(each.endpoint())
                && switch (each.sweep()) {
                    case LAUNCH -> endpoints.allowedLaunches(each.endpoint()) == 0;
                    case TRACK -> endpoints.allowedPolls(each.endpoint()) == 0;
                    case COLLECT -> false;
                };
    }

    private static <T> Map<Tags, Double> group(
            List<T> all,
            Function<T, Tags> tags,
            ToDoubleFunction<T> value,
            BinaryOperator<Double> both,
            Map<Tags, Double> values) {
        all.forEach(each -> values.merge(tags.apply(each), value.applyAsDouble(each), both));
        return values;
    }

    private static Map<Tags, Double> steps() {
        Map<Tags, Double> none = new HashMap<>();
        for (Step step : Step.values()) {
            if (step != Step.DELIVERED) {
                none.put(Tags.of(STEP, word(step)), 0.0);
            }
        }
        return none;
    }

    private static Map<Tags, Double> causes() {
        Map<Tags, Double> none = new HashMap<>();
        for (Attention cause : Attention.values()) {
            none.put(Tags.of(CAUSE, cause.word()), 0.0);
        }
        return none;
    }

    private Map<Tags, Double> places() {
        Map<Tags, Double> none = new HashMap<>();
        for (String endpoint : endpoints.names()) {
            for (Sweep sweep : Sweep.values()) {
                none.put(Tags.of(ENDPOINT, endpoint, SWEEP, sweep.column()), 0.0);
            }
        }
        return none;
    }

    /** Endpoints of old runs have no labels of their own. */
    private String endpoint(Scorings each) {
        return endpoints.names().contains(each.endpoint()) ? each.endpoint() : DefinitionLabels.OTHER;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String word(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }
}

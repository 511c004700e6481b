package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.query.UnfinishedWork.Scorings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Gauges of the work that is due and that no node does, by endpoint and sweep. Zero is shown, too. */
@Component
class BacklogGauges {
    private final Endpoints endpoints;
    private final GaugeFamily scorings;
    private final GaugeFamily age;
    private final GaugeFamily waitingForCalls;

    BacklogGauges(MeterRegistry registry, Endpoints endpoints) {
        this.endpoints = endpoints;
        scorings = new GaugeFamily(
                registry, "orchestrator.backlog.scorings", null, "Scorings that are due and that no node works on");
        age = new GaugeFamily(
                registry, "orchestrator.backlog.age", "seconds", "For how long the first of them has been due");
        waitingForCalls = new GaugeFamily(
                registry,
                "orchestrator.backlog.waiting.for.calls",
                null,
                "Scorings of the backlog whose endpoint has no calls left in its budget");
    }

    void show(List<Scorings> unfinished) {
        Grouping<Scorings> places = Grouping.by(
                each -> tags(DefinitionLabels.known(each.endpoint(), endpoints.names()), each.sweep()),
                endpoints.names().stream()
                        .flatMap(endpoint -> Stream.of(Sweep.values()).map(sweep -> tags(endpoint, sweep))));
        scorings.show(places.sum(unfinished, Scorings::due));
        age.show(places.longest(unfinished, Scorings::overdue));
        waitingForCalls.show(places.sum(unfinished, each -> waitsForCalls(each) ? each.due() : 0));
    }

    private boolean waitsForCalls(Scorings each) {
        return endpoints.names().contains(each.endpoint())
                && switch (each.sweep()) {
                    case LAUNCH -> endpoints.allowedLaunches(each.endpoint()) == 0;
                    case TRACK -> endpoints.allowedPolls(each.endpoint()) == 0;
                    case COLLECT -> false;
                };
    }

    private static Tags tags(String endpoint, Sweep sweep) {
        return Tags.of("endpoint", endpoint, "sweep", sweep.column());
    }
}

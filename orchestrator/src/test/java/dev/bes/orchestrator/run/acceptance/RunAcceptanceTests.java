package dev.bes.orchestrator.run.acceptance;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RunAcceptanceTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();

    private final RunParts node = DATABASE.node("a");

    @Test
    void makesOneRunOfOneOccurrenceHoweverOftenItComes() {
        NewRun run = aRun().withScorings(2).build();
        List<Accepted> accepted = Parallel.all(IntStream.range(0, 50)
                .<Callable<Accepted>>mapToObj(i -> {
                    RunAcceptance runAcceptance = DATABASE.node("node-" + i % 4).runs();
                    return () -> runAcceptance.accept(run);
                })
                .toList());

        assertThat(accepted)
                .extracting(Accepted::id)
                .containsOnly(accepted.getFirst().id());
        assertThat(accepted).filteredOn(Accepted::isNew).hasSize(1);
        assertThat(node.reader().list(RunFilter.ALL.of(run.definition().name()), 100))
                .hasSize(1);
        assertThat(node.reader().scorings(accepted.getFirst().id(), 0, 100)).hasSize(2);
    }

    @Test
    void makesTwoRunsOfTwoOccurrences() {
        NewRun run = aRun().of("twice").build();

        assertThat(node.runs().accept(run).id())
                .isNotEqualTo(node.runs().accept(aRun().of("twice").build()).id());
    }

    @Test
    void takesAKeyThatWasUsedForAnotherRequestForTheRunThatItBecame() {
        Accepted first = node.runs()
                .accept(aRun().occurring("request:once").withFingerprint("f1").build());
        Accepted again = node.runs()
                .accept(aRun().occurring("request:once").withFingerprint("f2").build());

        assertThat(first).isEqualTo(new Accepted(first.id(), true, "f1", null));
        assertThat(again).as("the fingerprint of the first").isEqualTo(new Accepted(first.id(), false, "f1", null));
    }

    @Test
    void leavesNoNumberOutForARequestThatComesAgain() {
        RunAcceptance runAcceptance =
                DatabaseFixture.withConnections(2).node("a").runs();
        NewRun run = aRun().build();
        long first = runAcceptance.accept(run).id();

        assertThat(runAcceptance.accept(run).id()).isEqualTo(first);
        assertThat(runAcceptance.accept(aRun().build()).id()).isEqualTo(first + 1);
    }

    @Test
    void keepsTheSameFireTimeOfTwoDefinitionsApart() {
        Instant time = Instant.parse("2026-11-23T02:00:00Z");
        List<Long> ids = List.of(aRun(), aRun()).stream()
                .map(run -> node.runs()
                        .accept(NewRun.scheduled(
                                run.definition(),
                                "nightly",
                                time,
                                ZoneId.of("UTC"),
                                Map.of(),
                                run.build().scorings()))
                        .id())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void keepsWhatWasAskedFor() {
        Instant time = Instant.parse("2026-11-23T02:00:00Z");
        RunBuilder builder = aRun();
        long id = node.runs()
                .accept(NewRun.scheduled(
                        builder.definition(),
                        "s",
                        time,
                        ZoneId.of("Asia/Tokyo"),
                        Map.of(),
                        builder.build().scorings()))
                .id();
        RunView run = node.reader().find(id).orElseThrow();

        assertThat(run.definition()).isEqualTo(builder.definition().name());
        assertThat(run.trigger()).isEqualTo("schedule");
        assertThat(run.fireTime()).isEqualTo(time);
        assertThat(run.state()).isEqualTo(State.NOT_STARTED);
        assertThat(run.scorings()).isOne();
        assertThat(run.live()).isOne();
    }

    @Test
    void fillsInTemplatesForEachScoring() {
        NewRun run = aRun().withTemplate("who", "${run.id} asked by ${request.who}")
                .deliveredTo("${run.id}/there")
                .withValue("who", "Ada")
                .withScorings(2)
                .build();
        long id = node.runs().accept(run).id();

        assertThat(node.claim(Sweep.LAUNCH, run)).hasSize(2).allSatisfy(claim -> {
            assertThat(claim.parameters()).isEqualTo(Map.of("who", id + " asked by Ada"));
            assertThat(claim.delivery()).isEqualTo(id + "/there");
        });
        assertThat(node.reader().find(id).orElseThrow().parameters()).isEqualTo(Map.of("who", "Ada"));
    }

    @Test
    void leavesNothingBehindWhenATemplateLacksItsValue() {
        NewRun run = aRun().withTemplate("who", "${request.who}").build();

        assertThatThrownBy(() -> node.runs().accept(run)).isInstanceOf(TemplateException.class);
        assertThat(node.reader().list(RunFilter.ALL.of(run.definition().name()), 10))
                .isEmpty();
        assertThat(DATABASE.jdbc()
                        .sql("SELECT count(*) FROM frozen_definition WHERE name = ?")
                        .param(run.definition().name())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void freezesNothingForAnOccurrenceThatIsARunAlready() {
        RunBuilder builder = aRun().withAttempts(3);
        node.runs().accept(builder.build());
        node.runs().accept(builder.withAttempts(7).build());

        assertThat(DATABASE.jdbc()
                        .sql("SELECT count(*) FROM frozen_definition WHERE name = ?")
                        .param(builder.definition().name())
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void recordsARunThatCouldNotBeMade() {
        NewRun run = aRun().build();
        Accepted rejected = node.runs().reject(run, "no file");
        RunView view = node.reader().find(rejected.id()).orElseThrow();

        assertThat(view.state()).isEqualTo(State.FAILED);
        assertThat(view.cause()).isEqualTo("no file");
        assertThat(view.scorings()).isZero();
        assertThat(node.runHistory(view.id()))
                .extracting(h -> h.seq() + " " + h.from().word() + " -> " + h.to().word() + ": " + h.cause())
                .containsExactly("1 NotStarted -> NotStarted: accepted", "2 NotStarted -> Failed: no file");
        assertThat(node.runs().reject(run, "still no file")).isEqualTo(new Accepted(view.id(), false, null, null));
        assertThat(node.runs().accept(run).id()).as("the same occurrence").isEqualTo(view.id());
        assertThat(node.reader().scorings(view.id(), 0, 10)).isEmpty();
    }

    @Test
    void freezesTheDefinitionIntoTheRun() {
        RunBuilder builder = aRun().withAttempts(3);
        NewRun run = builder.build();
        node.runs().accept(run);
        NewRun changed = builder.occurring("request:" + UUID.randomUUID())
                .withAttempts(7)
                .build();
        node.runs().accept(changed);

        assertThat(node.claim(Sweep.LAUNCH, run))
                .extracting(c -> c.definition().attempts().max())
                .containsExactly(3, 7);
    }

    @Test
    void ringsForTheLaunchSweepOfItsEndpointOnEveryNode() {
        RunParts listener = DATABASE.node("listener");
        RunBuilder run = aRun();
        listener.wakeups().start();
        try {
            Awaitility.await().until(() -> {
                node.runs().accept(aRun().on(run.definition().endpoint()).build());
                return listener.wakeups().await(Sweep.LAUNCH, run.definition().endpoint(), Duration.ofMillis(500));
            });
        } finally {
            listener.wakeups().stop();
        }
    }
}

package dev.bes.orchestrator.run.fold;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.MemberOutcome;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.acceptance.Backlog;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.forecast.CallForecasts;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.UnfinishedWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Three scorings share a job, two at most in each: wherever scorings or runs are counted they are three, in one run. */
class FoldCountsTests {
    private final RunParts node = DatabaseFixture.shared().node("counting");
    private final NewRun run = aRun().folded(new Fold(2, 1_000, Duration.ofMinutes(5), "file", null))
            .withScorings(3)
            .build();
    private final String endpoint = run.definition().endpoint();
    private final long backlog = new Backlog(node.jdbc()).count(1_000_000);
    private final long id = node.runs().accept(run).id();

    private Claim staged() {
        node.folds().gather();
        Claim carrier = node.claim(Sweep.LAUNCH, run).getFirst();
        List<MemberOutcome> outcomes = node.folded().close(carrier).stream()
                .map(member -> MemberOutcome.staged(member.scoring(), new StagedInput("in/x/1.csv", 2, 20, "h")))
                .toList();
        Move move = Move.staged(
                carrier, Map.of("input1", new StagedInput("in/x/", 4, 40, "")), 4, outcomes, RunParts.LEASE);
        return node.moves().apply(List.of(move)).getFirst();
    }

    private void started(Claim staged) {
        UUID nonce = Objects.requireNonNull(node.intents().open(List.of(staged)).get(staged.scoring()));
        Claim submitted = node.moves()
                .apply(List.of(Move.submitted(staged, nonce, nonce.toString(), RunParts.LEASE)))
                .getFirst();
        node.moves().apply(List.of(Move.started(submitted, Duration.ZERO)));
    }

    private List<CallForecasts.Backlog> calls() {
        return new CallForecasts(node.jdbc()).backlog(List.of(endpoint));
    }

    @Test
    void leavesTheCarriersOutOfTheLimitOfUnfinishedScorings() {
        staged();

        assertThat(new Backlog(node.jdbc()).count(1_000_000)).isEqualTo(backlog + 3);
    }

    @Test
    void leavesTheCarriersOutOfTheGaugesAndShowsWhatIsDue() {
        node.folds().gather();
        UnfinishedWork unfinished = new UnfinishedWork(node.jdbc());

        assertThat(unfinished.scorings())
                .filteredOn(each -> each.endpoint().equals(endpoint))
                .satisfies(groups -> assertThat(groups.stream()
                                .mapToLong(UnfinishedWork.Scorings::count)
                                .sum())
                        .isEqualTo(3))
                .satisfies(groups -> assertThat(groups.stream()
                                .mapToLong(UnfinishedWork.Scorings::due)
                                .sum())
                        .as("the full fold is due, the other one waits")
                        .isEqualTo(1));
        assertThat(unfinished.runs())
                .filteredOn(each -> each.definition().equals(run.definition().name()))
                .extracting(UnfinishedWork.Runs::count)
                .containsExactly(1L);
    }

    @Test
    void listsAndCountsTheRunsThatWereAskedForAndTheOthersByTheirTrigger() {
        Claim carrier = staged();
        RunFilter all = RunFilter.ALL.of(run.definition().name());
        RunFilter folds =
                new RunFilter(all.scope(), null, all.definition(), TriggerKind.FOLD, null, false, null, null, null);

        assertThat(node.reader().list(all, 10)).extracting(RunView::id).containsExactly(id);
        assertThat(node.reader().list(folds, 10)).extracting(RunView::id).contains(carrier.run());
        assertThat(node.reader().totals(all, 10)).containsEntry(State.NOT_STARTED, 1);
    }

    @Test
    void forecastsTheCallsOfTheJobsAndNotOfTheirMembers() {
        assertThat(calls()).containsExactly(new CallForecasts.Backlog(id, false, 2, 0));

        Claim carrier = staged();
        assertThat(calls())
                .contains(new CallForecasts.Backlog(id, false, 0, 0))
                .contains(new CallForecasts.Backlog(carrier.run(), false, 1, 0))
                .hasSize(3);

        started(carrier);
        assertThat(calls()).contains(new CallForecasts.Backlog(carrier.run(), false, 0, 1));
    }
}

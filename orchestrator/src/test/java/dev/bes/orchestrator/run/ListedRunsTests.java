package dev.bes.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much of what a run was asked for with is kept, and how much of it is read. */
@Tag("slow")
class ListedRunsTests {
    private static final int LARGE = 1_950_000;

    private final RunParts node = DatabaseFixture.shared().node("lister");

    /** Rows as they were before there was a limit. */
    private NewRun olderRuns(int count) {
        NewRun run = RunBuilder.aRun().withValue("where", "x").build();
        for (int i = 0; i < count; i++) {
            long id = node.runs()
                    .accept(RunBuilder.aRun()
                            .of(run.definition().name())
                            .on(run.definition().endpoint())
                            .build())
                    .id();
            for (String table : List.of("run", "scoring")) {
                node.jdbc()
                        .sql("UPDATE %s SET parameters = json_build_object('where', repeat('x', ?)) WHERE %s = ?"
                                .formatted(table, table.equals("run") ? "id" : "run_id"))
                        .param(LARGE)
                        .param(id)
                        .update();
            }
        }
        return run;
    }

    @Test
    void haveNoParameters() {
        NewRun run = olderRuns(60);

        List<RunView> listed =
                node.reader().list(RunFilter.ALL.of(run.definition().name()), 100);

        assertThat(listed)
                .hasSize(60)
                .allSatisfy(one -> assertThat(one.parameters()).isNull());
        long id = listed.getFirst().id();
        assertThat(node.reader().find(id).orElseThrow().parameters())
                .hasEntrySatisfying("where", value -> assertThat(value).hasSize(LARGE));
        assertThat(node.reader().scorings(id, 0, 10)).hasSize(1);
    }

    @Test
    void areReadWithoutTheColumn() {
        // what is not named in a statement is not read from disk, and not sent
        assertThat(RunReader.RUN_IN_A_LIST).doesNotContain("*,", "r.parameters");
        assertThat(ScoringReader.SCORINGS).doesNotContain("s.*", "s.parameters");
    }

    @Test
    void takeNoMoreParametersThanMayBeWhoeverBringsThem() {
        String large = "ö".repeat(ParametersTooLargeException.MOST_BYTES / 2);

        assertThatThrownBy(() -> RunBuilder.aRun().withValue("p", large).build())
                .isInstanceOf(ParametersTooLargeException.class)
                .hasMessageContaining("65,537 bytes");
        assertThat(RunBuilder.aRun().withValue("", large).build().parameters()).hasSize(1);
    }

    @Test
    void growNotBeyondItByTheirTemplates() {
        NewRun run = RunBuilder.aRun()
                .withTemplate("a", "${request.p}${request.p}${request.p}${request.p}")
                .withValue("p", "x".repeat(40_000))
                .build();

        assertThatThrownBy(() -> node.runs().accept(run)).isInstanceOf(ParametersTooLargeException.class);
        assertThat(node.reader().list(RunFilter.ALL.of(run.definition().name()), 1))
                .isEmpty();
    }

    @Test
    void areWrittenWholeHoweverLargeTheParametersOfAllTheirScorings() {
        String large = "x".repeat(60_000);
        NewRun run = RunBuilder.aRun()
                .withScorings(150)
                .withTemplate("a", "${request.p}")
                .withValue("p", large)
                .build();

        long id = node.runs().accept(run).id();

        List<Map<String, Object>> rows = node.jdbc()
                .sql("SELECT position, parameters ->> 'a' = ? AS whole FROM scoring WHERE run_id = ? ORDER BY position")
                .param(large)
                .param(id)
                .query()
                .listOfRows();
        assertThat(rows).hasSize(150).extracting(row -> row.get("whole")).containsOnly(true);
        assertThat(rows.getLast()).containsEntry("position", 150);
    }
}

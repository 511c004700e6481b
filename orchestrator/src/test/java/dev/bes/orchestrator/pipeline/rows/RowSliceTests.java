package dev.bes.orchestrator.pipeline.rows;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.NONCE;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.kinds.RowsFake;
import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.ScriptedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of two rows, three of them under way. */
class RowSliceTests {
    private static final String INPUT = "in/7/3-1/input1-ab.csv";
    private static final int PARALLEL = 3;

    private final List<String> searched = Collections.synchronizedList(new ArrayList<>());
    private final InMemoryBlobs blobs = new InMemoryBlobs() {
        @Override
        public long fetch(String path, Opening target) {
            if (path.contains("/answers/")) {
                searched.add(path);
            }
            return super.fetch(path, target);
        }
    };
    private final ScriptedJobs endpoints = new ScriptedJobs();
    private final RecentBlobs recent = new RecentBlobs(endpoints);
    private final List<String> refused = new ArrayList<>();
    private final RowsFake far = new RowsFake(new Limits(2, 1000, PARALLEL)) {
        @Override
        protected void before(Table batch) {
            String first = String.valueOf(batch.rows().getFirst().getFirst());
            if (refused.contains(first)) {
                throw new RemoteException.Unavailable("away at " + first);
            }
        }
    };
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Long> saved = new ArrayList<>();
    private boolean held = true;

    @AfterEach
    void close() {
        threads.close();
    }

    private RowSlice slice(int batches, boolean begun) {
        String csv = IntStream.range(10, 10 + 2 * batches)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n"));
        blobs.with(INPUT, "text\n" + csv + "\n");
        ClaimBuilder claim = aClaim(Step.STARTED)
                .output("output1", new Output(Output.Rows.SAME, List.of()))
                .bytesIn(5 + 6L * batches);
        return slice(begun ? claim.begun().build() : claim.build());
    }

    private RowSlice slice(Claim claim) {
        RowColumns input = RowColumns.open(blobs, recent, claim);
        return new RowSlice(
                claim,
                NONCE,
                input,
                far,
                far.prepare(input.columns()),
                new RowOutputs(blobs, recent),
                rows -> {
                    saved.add(rows);
                    return held;
                },
                threads);
    }

    /** The bytes of the input at which the kept batches begin, as numbers from 0. */
    private List<Integer> kept() {
        return blobs.blobs.keySet().stream()
                .filter(path -> path.contains("/answers/"))
                .map(path -> (Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)) - 5) / 6)
                .sorted()
                .toList();
    }

    private static String csv(int rows) {
        return "text,length\r\n"
                + IntStream.range(10, 10 + rows).mapToObj(row -> row + ",2\r\n").collect(Collectors.joining());
    }

    private static String content(AnsweredRows rows) {
        return new String(rows.content("output1"), StandardCharsets.UTF_8);
    }

    @Test
    void keepsEachAnswerButThoseToTheLastBatchesThatMayBeUnderWay() {
        RowSlice slice = slice(8, false);

        assertThat(content(slice.score())).isEqualTo(csv(16));
        assertThat(slice.isAtEnd()).isTrue();
        assertThat(kept()).containsExactly(0, 1, 2, 3, 4);
        assertThat(far.scored).hasSize(8);
        assertThat(saved).as("before the first answer is kept").containsExactly(0L);
    }

    @Test
    void sendsNothingOfAnInputThatAnotherClaimHolds() {
        held = false;
        RowSlice slice = slice(8, false);

        assertThat(slice.score().rows()).isZero();
        assertThat(slice.isAtEnd()).isFalse();
        assertThat(far.scored).isEmpty();
    }

    @Test
    void keepsNothingOfAnInputWhoseBatchesAreAllUnderWay() {
        assertThat(content(slice(PARALLEL, false).score())).isEqualTo(csv(6));
        assertThat(kept()).isEmpty();
        assertThat(saved).isEmpty();
    }

    @Test
    void searchesForNothingBeforeAnythingWasSent() {
        slice(8, false).score();
        assertThat(searched).isEmpty();

        slice(8, true).score();
        assertThat(searched).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void readsNothingBackOfAnInputThatThisNodeHasJustStaged() {
        endpoints.rows = far;
        Claim claim = aClaim(Step.STARTED)
                .output("output1", new Output(Output.Rows.SAME, List.of()))
                .bytesIn(11)
                .build();
        recent.add(claim, INPUT, "text\n10\n11\n".getBytes(StandardCharsets.UTF_8));

        assertThat(content(slice(claim).score())).as("it is nowhere else").isEqualTo(csv(2));
    }

    @Test
    void sendsOnlyTheBatchAgainThatFailed() {
        refused.add("12");
        RowSlice slice = slice(3, false);

        assertThat(content(slice.score())).isEqualTo(csv(2));
        assertThat(slice.failure()).hasMessage("away at 12");
        assertThat(slice.isAtEnd()).isFalse();
        assertThat(kept()).containsExactly(2);

        refused.clear();
        far.scored.clear();
        assertThat(content(slice(3, true).score())).isEqualTo(csv(6));
        assertThat(far.scored).as("the first one is in a part").containsExactlyInAnyOrder("10", "12");
    }
}

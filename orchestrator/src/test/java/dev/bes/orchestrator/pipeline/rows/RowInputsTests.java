package dev.bes.orchestrator.pipeline.rows;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.kinds.RowsFake;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.Step;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowInputsTests {
    private static final int MIB = 1024 * 1024;

    private final InMemoryBlobs blobs = new InMemoryBlobs();
    private final Claim claim = aClaim(Step.PLANNED).build();
    private @Nullable RowService service = new RowsFake(new Limits(2, 1000, 1));

    private final RowInputs inputs = new RowInputs(blobs, new Endpoints() {
        @Override
        public Set<String> names() {
            return Set.of("hashing");
        }

        @Override
        public RemoteJobs jobs(String endpoint) {
            throw new IllegalStateException("It has none");
        }

        @Override
        public @Nullable RowService rows(String endpoint) {
            return service;
        }

        @Override
        public int maxConcurrentJobs(String endpoint) {
            return Integer.MAX_VALUE;
        }
    });

    /** Stages an input of so many bytes: the row {@code 1}, again and again. */
    private String staged(String blob, int bytes) {
        String content = "1\n".repeat(bytes / 2);
        blobs.with(blob, content);
        inputs.add(claim, blob, content.getBytes(UTF_8));
        return content;
    }

    private String rows(String blob, String content) {
        RowCutter cutter = inputs.cutter(new StagedInput(blob, 1, content.length(), "ab"));
        StringBuilder rows = new StringBuilder();
        for (RowCutter.Batch next = cutter.next(100_000, MIB); next != null; next = cutter.next(100_000, MIB)) {
            rows.append(new String(next.content(), UTF_8));
        }
        return rows.toString();
    }

    @Test
    void areNotReadBackWhileTheyAreInMemory() {
        String content = staged("in/small", 10);

        assertThat(rows("in/small", content)).isEqualTo(content);
        assertThat(rows("in/small", content)).as("again").isEqualTo(content);
        assertThat(blobs.reads).isEmpty();
    }

    @Test
    void areReadIfTheyAreLarge() {
        String content = staged("in/large", MIB + 2);

        assertThat(rows("in/large", content)).isEqualTo(content);
        assertThat(blobs.reads).isNotEmpty();
    }

    @Test
    void areReadIfOthersHaveTakenTheirPlace() {
        String first = staged("in/0", MIB);
        for (int i = 1; i < 17; i++) {
            staged("in/" + i, MIB);
        }

        assertThat(rows("in/0", first)).isEqualTo(first);
        assertThat(blobs.reads).isNotEmpty();
        blobs.reads.clear();
        assertThat(rows("in/16", first)).isEqualTo(first);
        assertThat(blobs.reads).isEmpty();
    }

    @Test
    void areReadIfAnotherNodeHasStagedThem() {
        blobs.with("in/other", "1\n");

        assertThat(rows("in/other", "1\n")).isEqualTo("1\n");
        assertThat(blobs.reads).isNotEmpty();
    }

    @Test
    void areNotKeptForServicesWithJobs() {
        service = null;
        String content = staged("in/job", 10);

        assertThat(rows("in/job", content)).isEqualTo(content);
        assertThat(blobs.reads).isNotEmpty();
    }
}

package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.kinds.RowsFake;
import dev.bes.orchestrator.remote.RowService.Limits;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecentBlobsTests {
    private static final int MIB = 1024 * 1024;

    private final Claim claim = aClaim(Step.PLANNED).build();
    private final ScriptedJobs endpoints = new ScriptedJobs();
    private final RecentBlobs recent = new RecentBlobs(endpoints);

    @BeforeEach
    void scoreRows() {
        endpoints.rows = new RowsFake(new Limits(2, 1000, 1));
    }

    @Test
    void areFoundAgainAndAgain() {
        byte[] content = new byte[MIB];
        recent.add(claim, "in/1", content);

        assertThat(recent.find("in/1")).isSameAs(content);
        assertThat(recent.find("in/1")).isSameAs(content);
        assertThat(recent.find("in/2")).isNull();
    }

    @Test
    void areNotLarge() {
        recent.add(claim, "in/1", new byte[MIB + 1]);

        assertThat(recent.find("in/1")).isNull();
    }

    @Test
    void makeRoomForLaterOnes() {
        for (int i = 0; i < 33; i++) {
            recent.add(claim, "in/" + i, new byte[MIB]);
        }

        assertThat(recent.find("in/0")).isNull();
        assertThat(recent.find("in/1")).isNotNull();
        assertThat(recent.find("in/32")).isNotNull();
    }

    /** A slice that is repeated writes the same output. */
    @Test
    void countOnceIfTheyAreWrittenAgain() {
        for (int i = 0; i < 40; i++) {
            recent.add(claim, "out/1", new byte[MIB]);
        }
        recent.add(claim, "out/2", new byte[MIB]);

        assertThat(recent.find("out/1")).isNotNull();
    }

    @Test
    void areNotThoseOfServicesWithJobs() {
        endpoints.rows = null;
        recent.add(claim, "in/1", new byte[1]);

        assertThat(recent.find("in/1")).isNull();
    }
}

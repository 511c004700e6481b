package dev.bes.orchestrator.pipeline.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.run.move.JobDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LearnedIntervalTests {
    private final PollBounds pollBounds = new PollBounds(StepFixture.settings(Path.of("delivered")));

    private LearnedInterval pace(Stream<JobDuration> jobs) {
        return new LearnedInterval(jobs.toList(), pollBounds);
    }

    private static Stream<JobDuration> jobs(int many, Duration running, Duration total) {
        return IntStream.range(0, many).mapToObj(i -> new JobDuration(running, total));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    @Test
    void knowsNothingWithoutAPast() {
        LearnedInterval learnedInterval = pace(Stream.of());

        assertThat(learnedInterval.first()).isEqualTo(pollBounds.firstPoll());
        assertThat(learnedInterval.next(seconds(50), true)).isEqualTo(seconds(10));
    }

    @Test
    void looksWhenAFifthOfTheJobsThatTookLongerHadEnded() {
        // each counts as ended at 85 % of that
        LearnedInterval learnedInterval =
                pace(IntStream.rangeClosed(1, 8).mapToObj(i -> new JobDuration(seconds(0), seconds(10 * i))));

        assertThat(learnedInterval.first()).as("85 % of the second").isEqualTo(seconds(0.85 * 17));
        assertThat(learnedInterval.next(seconds(20), true)).as("the third").isEqualTo(seconds(5.5));
        assertThat(learnedInterval.next(seconds(55), true)).as("the seventh").isEqualTo(seconds(4.5));
    }

    @Test
    void keepsQueuesApartFromWork() {
        LearnedInterval learnedInterval =
                pace(Stream.concat(jobs(8, seconds(2), seconds(22)), jobs(8, seconds(42), seconds(50))));

        assertThat(learnedInterval.next(seconds(10), true))
                .as("one at work ends at 19 s")
                .isEqualTo(seconds(9));
        assertThat(learnedInterval.next(seconds(10), false))
                .as("one that waits, at 48.8 s")
                .isEqualTo(seconds(38.8));
    }

    @Test
    void followsTheNewest() {
        LearnedInterval learnedInterval =
                pace(Stream.concat(jobs(3, seconds(0), seconds(20)), jobs(30, seconds(0), seconds(60))));

        assertThat(learnedInterval.first()).isEqualTo(seconds(0.85 * 17));
    }

    @Test
    void halvesWhatWasNeverSeenRunning() {
        LearnedInterval learnedInterval = pace(Stream.of(new JobDuration(null, seconds(40))));

        assertThat(learnedInterval.first()).isEqualTo(seconds(0.85 * 20));
    }

    @Test
    void looksOftenAtAJobThatIsALittleLateAndSeldomAtOneThatIsMuchLater() {
        LearnedInterval learnedInterval = pace(jobs(8, seconds(0), seconds(40)));

        assertThat(learnedInterval.next(seconds(40), true)).isEqualTo(seconds(1.2));
        assertThat(learnedInterval.next(seconds(50), true)).isEqualTo(seconds(10));
    }

    @Test
    void keepsToTheBounds() {
        assertThat(pace(jobs(1, seconds(0), seconds(0))).first()).isEqualTo(StepFixture.POLL_MIN.dividedBy(10));
        assertThat(pace(jobs(1, seconds(1), seconds(3600))).first()).isEqualTo(StepFixture.POLL_MAX);
        assertThat(pace(jobs(1, seconds(1), seconds(3600))).next(seconds(60), true))
                .isEqualTo(StepFixture.POLL_MAX);
        assertThat(pace(jobs(1, seconds(1), seconds(3))).next(seconds(2.5), true))
                .isEqualTo(StepFixture.POLL_MIN);
    }

    @Test
    void ignoresAWildlyDifferentMinority() {
        List<JobDuration> usual = jobs(30, seconds(1), seconds(60)).toList();
        LearnedInterval learnedInterval = pace(Stream.concat(usual.stream(), jobs(2, seconds(1), seconds(3000))));

        assertThat(learnedInterval.first()).isEqualTo(pace(usual.stream()).first());
    }
}

package dev.bes.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.benchmarks.workload.ConstantRate.SentRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConstantRateTests {

    private static final List<Path> FILES = List.of(Path.of("f1.csv"), Path.of("f2.csv"), Path.of("f3.csv"));

    @Test
    void waitsForNoAnswerBeforeTheNextRequest() {
        // the first request is answered only when the last one has been sent
        CountDownLatch sent = new CountDownLatch(FILES.size());

        List<SentRequest> asked = new ConstantRate(50)
                .send(
                        file -> {
                            sent.countDown();
                            sent.await();
                            return "in/" + file;
                        },
                        FILES);

        assertThat(asked).extracting(SentRequest::input).containsExactly("in/f1.csv", "in/f2.csv", "in/f3.csv");
        assertThat(asked.getFirst().accepted())
                .isGreaterThanOrEqualTo(asked.getLast().sent());
    }
}

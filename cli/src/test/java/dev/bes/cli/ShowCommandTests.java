package dev.bes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTests {
    @TempDir
    Path home;

    private String shown(String sharedJob) throws IOException {
        String scoring = """
                {"position":1,"step":"STARTED","state":"Running","stopReason":null,"attention":null,"cause":null,
                "files":{"input1":"a.csv"},"dueAt":null,"endedAt":null,"attempts":[],"outputs":{},"sharedJob":%s,"links":{}}""".formatted(sharedJob);
        try (RecordedService service = new RecordedService()
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Running", null, 1, 0), scoring))
                .answers("GET /api/v1/runs/7/shadows", 200, "{\"shadows\":[],\"next\":null}")) {
            return BesCalls.at(home)
                    .with("BES_SERVER", service.url())
                    .call("show", "7")
                    .out();
        }
    }

    @Test
    void saysWhichJobAScoringShares() throws IOException {
        assertThat(shown("{\"run\":12,\"files\":300}"))
                .containsPattern("SCORING +STEP +STATE +ATTENTION +ATTEMPTS +FILES +CAUSE +SHARED JOB")
                .containsPattern("1 +STARTED +Running .*a\\.csv +run 12, 300 files");
        assertThat(shown("null")).doesNotContain("SHARED JOB");
    }
}

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
        return shown(sharedJob, "");
    }

    private String shown(String sharedJob, String shadows) throws IOException {
        String scoring = """
                {"position":1,"step":"STARTED","state":"Running","stopReason":null,"attention":null,"cause":null,
                "files":{"input1":"a.csv"},"dueAt":null,"endedAt":null,"attempts":[],"outputs":{},"sharedJob":%s,"links":{}}""".formatted(sharedJob);
        try (RecordedService service = new RecordedService()
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Running", null, 1, 0), scoring))
                .answers("GET /api/v1/runs/7/shadows", 200, "{\"shadows\":[" + shadows + "],\"next\":null}")) {
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

    @Test
    void saysInWhatTheOutputOfAShadowDiffers() throws IOException {
        assertThat(shown("null", """
                {"run":7,"position":1,"endpoint":"other","shadowRun":8,"verdict":"differs","cause":null,"outputs":[
                {"output":"output1","rows":40,"shadowRows":39,"differentRows":2,"missing":["A","B","C","D","E"],"added":["F"],
                "columns":[{"column":"P","texts":0,"numbers":39,"beyond":2,"largest":0.5,"mean":0.1},
                {"column":"Q","texts":0,"numbers":39,"beyond":0,"largest":0.0,"mean":0.0}],"first":[]}],
                "begunAt":"2026-11-29T01:02:03Z","endedAt":null,"links":{}}"""))
                .containsPattern("1 +other +8 +differs +40 rows, the shadow has 39; only delivered: A, B, C and 2 more;"
                        + " only by the shadow: F; P by 0\\.5");
    }
}

package dev.bes.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.benchmarks.environment.BenchmarkFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BenchmarkReportTests {

    private static final Machine MACHINE = new Machine(2, 24, "25", "18.1");
    private static final ReportSection MEASURED = new ReportSection(
            "Speed",
            List.of(List.of("", "ours"), List.of("files per second", "9")),
            List.of(new Goal("files per second", "at least 10", "9", false)),
            List.of("ours: as shipped"),
            List.of(),
            Map.of("perSecond", 9));

    @Test
    void isMarkdownWithAllGoalsAtItsEnd() {
        assertThat(new BenchmarkReport(MACHINE, List.of(MEASURED)).lines())
                .containsSubsequence(
                        "### Speed",
                        "|                  | ours |",
                        "| ---------------- | ---- |",
                        "| files per second | 9    |",
                        "- ours: as shipped",
                        "### Goals",
                        "| figure           | goal        | reached | met |",
                        "| files per second | at least 10 | 9       | NO  |");
    }

    @Test
    void isSoundHoweverSlowItIs() {
        assertThat(new BenchmarkReport(MACHINE, List.of(MEASURED)).isSound()).isTrue();
    }

    @Test
    void isNotSoundWhenAPartFailedAndSaysSo() {
        BenchmarkReport report = new BenchmarkReport(
                MACHINE, List.of(MEASURED, ReportSection.failed("Lists", new BenchmarkFailure("no answer"))));

        assertThat(report.isSound()).isFalse();
        assertThat(report.lines()).contains("- FAILED: no answer").anyMatch(line -> line.matches(".*Lists.*FAILED.*"));
    }

    @Test
    void holdsTheFiguresAsNumbersInJson() {
        String json = new BenchmarkReport(MACHINE, List.of(MEASURED)).json();

        assertThat(JsonMapper.shared()
                        .readTree(json)
                        .at("/sections/0/figures/perSecond")
                        .asInt())
                .isEqualTo(9);
    }
}

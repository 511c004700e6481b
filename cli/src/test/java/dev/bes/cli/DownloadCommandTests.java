package dev.bes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.cli.BesCalls.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code bes download} writes, and what it refuses. */
class DownloadCommandTests {
    @TempDir
    Path home;

    private RecordedService service;
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        service = new RecordedService();
        folder = home.resolve("results");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Result download(String... more) {
        return BesCalls.at(home)
                .with("BES_SERVER", service.url())
                .call(Stream.concat(Stream.of("download", "7", "--into", folder.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private void serve(String output, String content) {
        service.answers("GET /api/v1/runs/7/scorings", 200, Answers.scorings(Answers.delivered(1, output)))
                .answers("GET /api/v1/runs/7/scorings/1/outputs/" + output, 200, "text/csv", content);
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void writesTheOutputAndNothingElse() throws IOException {
        serve("output1", "hello");

        assertThat(download().exitCode()).isZero();

        assertThat(files()).containsExactly(folder.resolve("run-7-1-output1.csv"));
        assertThat(folder.resolve("run-7-1-output1.csv")).hasContent("hello");
    }

    @Test
    void fetchesTheOutputsOfEveryPageOfScorings() throws IOException {
        service.answers(
                        "GET /api/v1/runs/7/scorings",
                        200,
                        Answers.scorings(Answers.delivered(1, "output1"))
                                .replace(
                                        "],\"links\":{}",
                                        "],\"links\":{\"moreScorings\":\"/api/v1/runs/7/scorings?after=1\"}"))
                .answers("GET /api/v1/runs/7/scorings", 200, Answers.scorings(Answers.delivered(2, "output1")))
                .answers("GET /api/v1/runs/7/scorings/1/outputs/output1", 200, "text/csv", "hello")
                .answers("GET /api/v1/runs/7/scorings/2/outputs/output1", 200, "text/csv", "hello");

        assertThat(download().exitCode()).isZero();

        assertThat(files())
                .containsExactlyInAnyOrder(
                        folder.resolve("run-7-1-output1.csv"), folder.resolve("run-7-2-output1.csv"));
    }

    @Test
    void refusesToReplaceAFileWithoutForce() throws IOException {
        serve("output1", "hello");
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("run-7-1-output1.csv"), "mine");

        Result result = download();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("exists: add --force");
        assertThat(file).hasContent("mine");
        assertThat(download("--force").exitCode()).isZero();
        assertThat(file).hasContent("hello");
    }

    @Test
    void replacesALinkAndNotWhatItPointsTo() throws IOException {
        serve("output1", "hello");
        Files.createDirectories(folder);
        Path outside = Files.writeString(home.resolve("outside"), "mine");
        Files.createSymbolicLink(folder.resolve("run-7-1-output1.csv"), outside);

        assertThat(download().exitCode()).isEqualTo(1);
        assertThat(download("--force").exitCode()).isZero();
        assertThat(outside).hasContent("mine");
    }

    @Test
    void keepsNothingThatHasAnotherHashOrIsLonger() throws IOException {
        for (String wrong : new String[] {"hellO", "hello and more", "hell"}) {
            try (RecordedService liar = new RecordedService()
                    .answers("GET /api/v1/runs/7/scorings", 200, Answers.scorings(Answers.delivered(1, "output1")))
                    .answers("GET /api/v1/runs/7/scorings/1/outputs/output1", 200, "text/csv", wrong)) {
                Result result = BesCalls.at(home)
                        .with("BES_SERVER", liar.url())
                        .call("download", "7", "--into", folder.toString());

                assertThat(result.exitCode()).as(wrong).isEqualTo(1);
                assertThat(result.err()).contains("was not written");
                assertThat(files()).as(wrong).isEmpty();
            }
        }
    }

    @Test
    void writesNowhereButInTheFolder() throws IOException {
        service.answers("GET /api/v1/runs/7/scorings", 200, Answers.scorings(Answers.delivered(1, "../../../etc/evil")))
                .answers("GET /api/v1/runs/7/scorings/1/outputs/../../../etc/evil", 200, "text/csv", "hello");

        download();

        assertThat(files()).allSatisfy(file -> assertThat(file.getParent()).isEqualTo(folder));
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(file).isEqualTo(folder.resolve("run-7-1-_________etc_evil.csv")));
        }
    }

    @Test
    void saysWhenThereIsNoSuchOutput() {
        serve("output1", "hello");

        assertThat(download("--output", "other").exitCode()).isEqualTo(1);
        assertThat(download("--scoring", "2").exitCode()).isEqualTo(1);
    }
}

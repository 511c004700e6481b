package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.SmallDisk;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk that files of requests come in on. */
@Tag("slow")
class FullUploadsTests {
    private static final int DISK = 2 * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void asksCallersToComeBackWhenItIsFullAndLeavesNothingOnIt() {
        try (SmallDisk disk = new SmallDisk(folder.resolve("upload-temp"), DISK);
                WebNode node = WebNode.start(
                        folder,
                        TestEnvironment.newDatabase(),
                        Map.of("orchestrator.trigger.upload-temp", disk.place().toString()))) {
            Form form = Form.of("letters").with("parameters.column", "text");

            Answer large =
                    node.caller().post("/api/v1/runs", form.file("input1", "a.csv", WebNode.csv("a".repeat(DISK))));
            Answer small = node.caller().post("/api/v1/runs", form.file("input1", "a.csv", WebNode.csv("a")));

            assertThat(large.status()).as(large.body()).isEqualTo(503);
            assertThat(large.header("Retry-After")).isEqualTo("5");
            assertThat(large.json().get("detail").asString()).startsWith("The service can't read or write its files");
            assertThat(small.status()).as(small.body()).isEqualTo(201);
        }
    }
}

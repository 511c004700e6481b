package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The service does not start on definitions that have mistakes, and says what they are instead of where it fell. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTests {
    @TempDir
    Path folder;

    @Test
    void listsAllThreeMistakesOfADefinitionAndDoesNotStart(CapturedOutput output) {
        new JobFolder(folder).write("definitions/strikes.yaml", """
                name: strikes
                description: Three mistakes.
                endpoint: feature-hushing
                inputs:
                  input1:
                    from: data.csv
                outputs:
                  output1:
                    rose: same
                triggers:
                  schedules:
                    - name: nightly
                      cron: "0 0 25 * * ?"
                """);
        Throwable refusal = catchThrowable(() ->
                OrchestratorNode.start(folder, Laptop.newDatabase(), Map.of()).close());

        assertThat(refusal).as("the start").isNotNull();
        assertThat(output)
                .contains("The definitions have mistakes:")
                .contains("strikes.yaml:3:11: unknown endpoint 'feature-hushing' — did you mean 'feature-hashing'?")
                .contains("strikes.yaml:9:5: unknown key 'rose' — known: rows, columns")
                .contains("strikes.yaml:13:13: bad cron expression: Hour values must be between 0 and 23");
    }
}

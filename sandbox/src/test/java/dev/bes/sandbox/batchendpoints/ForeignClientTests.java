package dev.bes.sandbox.batchendpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import dev.bes.sandbox.samples.Interpreter;
import dev.bes.sandbox.samples.SampleLanguage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of Microsoft's script {@code cli/batch-score-rest.sh} (azureml-examples), by a client that is not ours. */
@Tag("slow")
class ForeignClientTests {

    @Test
    void scoresAFolderByCurl(@TempDir Path folder) throws IOException {
        SharedStore.put("curl-in/rows/a.csv", "Col2\nThis is a good day\n");
        SharedStore.put("curl-in/rows/b.csv", "Col2\nThis is a good day\n");
        try (Sandbox sandbox = Sandbox.start(SharedStore.options())) {
            String program = """
                    AUTHORITY='%s'
                    ARM='%s'
                    CLIENT_ID='%s'
                    CLIENT_SECRET='%s'
                    INPUT_FOLDER='https://devstoreaccount1.blob.core.windows.net/curl-in/rows'
                    ENDPOINT='SimpleFeatureHashingExperiment'
                    """.formatted(
                    sandbox.directUrl(), sandbox.directUrl(), TokenAuthority.CLIENT_ID, sandbox.managementToken());

            assertThat(new Interpreter(folder).run(SampleLanguage.CURL, program + script()))
                    .isEqualTo("""
                            store workspaceblobstore
                            refused 401
                            dataset Completed
                            folder Completed
                            arm Completed
                            cancel 202
                            """);
            assertThat(SharedStore.get("azureml-blobstore/from-curl/scored.csv"))
                    .hasLineCount(2);
        }
    }

    private static String script() throws IOException {
        try (InputStream in = ForeignClientTests.class.getResourceAsStream("/batch-endpoints/score.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }
}

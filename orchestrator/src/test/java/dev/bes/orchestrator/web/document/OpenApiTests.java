package dev.bes.orchestrator.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The committed document of the API is that of the service. */
@Tag("slow")
class OpenApiTests {
    private static final Path COMMITTED = Path.of("../docs/openapi.yaml");

    @TempDir
    private Path folder;

    /** To write the file anew, run this test with {@code -Dopenapi.write=true}. */
    @Test
    void isTheDocumentOfTheServiceAndBreaksNobody() throws IOException {
        ObjectNode live = ApiDocument.of(folder);
        if (Boolean.getBoolean("openapi.write")) {
            Files.write(COMMITTED, ApiDocument.bytes(live));
        }
        ObjectNode committed = ApiDocument.read(COMMITTED);

        List<String> breaks = BreakingChanges.between(committed, live);
        assertThat(breaks)
                .as("changes that break callers: the major of info.version must grow with them")
                .isEmpty();
        assertThat(ApiDocument.yaml(live))
                .as("docs/openapi.yaml is out of date; write it anew by: mvn test -pl orchestrator -am"
                        + " -Dtest=OpenApiTests -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.write=true")
                .isEqualTo(Files.readString(COMMITTED));
    }
}

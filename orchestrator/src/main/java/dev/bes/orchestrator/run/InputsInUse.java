package dev.bes.orchestrator.run;

import dev.bes.orchestrator.node.folder.FilesInUse;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows which inputs unfinished scorings need. */
@Component
class InputsInUse implements FilesInUse {
    private static final int SOME = 20;

    // as many as a node can look through in a moment: of a million that wait, some are among them
    private static final String NEEDED = """
            SELECT DISTINCT input.value ->> 'path' FROM (
                SELECT inputs FROM scoring WHERE state IN ('NotStarted', 'Running') AND step = 'PLANNED' LIMIT 100000) s,
                json_each(s.inputs) input
            WHERE starts_with(input.value ->> 'path', :folder) LIMIT :most""";

    private final JdbcClient jdbc;

    InputsInUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Path> under(Path folder) {
        return jdbc
                .sql(NEEDED)
                .param("folder", folder.resolve("x").toString().replaceFirst("x$", ""))
                .param("most", SOME)
                .query(String.class)
                .list()
                .stream()
                .map(Path::of)
                .toList();
    }
}

package dev.bes.orchestrator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a node under test, with its definitions. */
public record JobFolder(Path root) {

    /** Writes a definition that hashes column {@code text}. */
    public JobFolder definition(String name, String endpoint, String more) {
        return write("definitions/" + name + ".yaml", """
                name: %s
                description: A definition under test.
                endpoint: %s
                inputs:
                  input1:
                    from: data/%s/*.csv
                    columns: [text]
                outputs:
                  output1:
                    rows: same
                parameters:
                  Target column: text
                %s""".formatted(name, endpoint, name, more));
    }

    /** Writes a file. */
    public JobFolder write(String file, String content) {
        return write(file, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Writes a file of any bytes. */
    public JobFolder write(String file, byte[] content) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

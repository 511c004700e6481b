package dev.bes.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The file of the contexts: {@code $XDG_CONFIG_HOME/bes/config.yaml}, else {@code ~/.config/bes/config.yaml}. It holds keys, so
 * only its owner may read it.
 *
 * @param file the file, which need not exist
 */
public record ContextsFile(Path file) {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    /** The file of this user. */
    public static ContextsFile of(Map<String, String> environment) {
        String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = Path.of(folder).isAbsolute()
                ? Path.of(folder)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")), ".config");
        return new ContextsFile(config.resolve("bes").resolve("config.yaml"));
    }

    /**
     * Reads the file.
     *
     * @return no contexts if there is no file
     * @throws CommandFailedException if it can't be read, or others can read it
     */
    public Contexts read() {
        if (!Files.exists(file)) {
            return Contexts.NONE;
        }
        try {
            requireOwnerOnly();
            Contexts contexts = YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(file.toFile(), Contexts.class);
            return contexts == null ? Contexts.NONE : contexts;
        } catch (JacksonException e) {
            throw CommandFailedException.usage("%s can't be understood: %s".formatted(file, e.getOriginalMessage()));
        } catch (IOException e) {
            throw CommandFailedException.usage("%s can't be read: %s".formatted(file, e));
        }
    }

    private void requireOwnerOnly() throws IOException {
        if (isPosix() && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw CommandFailedException.usage(
                    "Others can read the keys in %s: take that away with chmod 600".formatted(file));
        }
    }

    /**
     * Writes the file, in one step.
     *
     * @throws CommandFailedException if it can't be written
     */
    public void write(Contexts contexts) {
        try {
            Path folder = file.resolveSibling("");
            if (isPosix()) {
                Files.createDirectories(folder, OWNERS_FOLDER);
            } else {
                Files.createDirectories(folder);
            }
            Path temporary = isPosix()
                    ? Files.createTempFile(folder, ".config", ".yaml", OWNER_ONLY)
                    : Files.createTempFile(folder, ".config", ".yaml");
            try {
                Files.writeString(temporary, yaml(contexts));
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("%s can't be written: %s".formatted(file, e));
        }
    }

    private static String yaml(Contexts contexts) {
        return YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .build()
                .writeValueAsString(contexts);
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}

package dev.bes.sandbox.blob;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the folder that holds Azurite's package.json. */
public final class AzuriteFolder {

    private AzuriteFolder() {}

    /**
     * The folder given, else the one named by the system property {@code sandbox.azurite} or the environment variable
     * {@code SANDBOX_AZURITE}, else the usual place seen from the working directory.
     */
    public static Path find(@Nullable Path given) {
        return Stream.of(
                        given,
                        path(System.getProperty("sandbox.azurite")),
                        path(System.getenv("SANDBOX_AZURITE")),
                        existing("sandbox/azurite"),
                        existing("../sandbox/azurite"),
                        existing("azurite"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Path.of("sandbox/azurite"));
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    private static @Nullable Path existing(String folder) {
        return Files.exists(Path.of(folder, "package.json")) ? Path.of(folder) : null;
    }
}

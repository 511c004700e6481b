package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.node.file.FileOperations;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Keeps the files that come with requests, under names of our own. */
@Component
class Uploads {
    private static final int PIECE = 64 * 1024;
    private static final String OCCURRENCE = "occurrence";

    private final Path root;
    private final FileOperations work;

    Uploads(TriggerSettings settings, FileOperations work) {
        this.work = work;
        this.root = settings.uploads();
    }

    /**
     * Files of one request, kept.
     *
     * @param folder the folder that they lie in
     * @param files the files by input
     * @param hashes their SHA-256 by input, in hex
     */
    record Kept(Path folder, Map<String, InputFile> files, Map<String, String> hashes) {
        String hash(String input) {
            return Objects.requireNonNull(hashes.get(input));
        }
    }

    /** An old folder, and the occurrence whose run reads its files. */
    record Old(Path folder, String occurrence) {}

    /** Writes the files down, in a folder of their own that says which occurrence they are for. */
    Kept keep(String occurrence, Map<String, Upload> uploads) {
        Path folder = root.resolve(UUID.randomUUID().toString());
        Map<String, InputFile> files = new LinkedHashMap<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        try {
            if (!uploads.isEmpty()) {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve(OCCURRENCE), occurrence);
            }
            for (Map.Entry<String, Upload> upload : uploads.entrySet()) {
                Path file = folder.resolve("input-" + (files.size() + 1) + ".csv");
                hashes.put(upload.getKey(), copy(upload.getValue(), file));
                files.put(
                        upload.getKey(),
                        new InputFile(file.toString(), upload.getValue().name()));
            }
            return new Kept(folder, files, hashes);
        } catch (IOException e) {
            removeHalf(folder, e);
            throw new UncheckedIOException("The files of the request could not be stored", e);
        }
    }

    /** Half a file on a full disk would keep it full. */
    private void removeHalf(Path folder, IOException reason) {
        try {
            drop(folder);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Forgets the files of a request that became no run. */
    void drop(Kept kept) {
        try {
            drop(kept.folder());
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a refused request could not be removed", e);
        }
    }

    /** Removes a folder; what says whose it is goes last, so that one half removed is found again. */
    void drop(Path folder) throws IOException {
        for (Path file : list(folder)) {
            if (!file.endsWith(OCCURRENCE)) {
                Files.delete(file);
            }
        }
        FileSystemUtils.deleteRecursively(folder);
    }

    /** The folders that have not changed since, as far as they say whose they are: what else lies there is not ours. */
    List<Old> olderThan(Instant time) throws IOException {
        List<Old> old = new ArrayList<>();
        for (Path folder : list(root)) {
            Path occurrence = folder.resolve(OCCURRENCE);
            if (Files.isRegularFile(occurrence, LinkOption.NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(occurrence).toInstant().isBefore(time)) {
                old.add(new Old(folder, Files.readString(occurrence)));
            }
        }
        return old;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private String copy(Upload upload, Path file) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = upload.content().open();
                OutputStream out =
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                hash.add(piece, 0, read);
                out.write(piece, 0, read);
                // however long a large file takes
                work.moved();
            }
        }
        return hash.hex();
    }
}

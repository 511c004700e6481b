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

/** Stores the files that are sent with requests, under generated names. */
@Component
class Uploads {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String OCCURRENCE = "occurrence";

    private final Path root;
    private final FileOperations work;

    Uploads(TriggerSettings settings, FileOperations work) {
        this.work = work;
        this.root = settings.uploads();
    }

    /**
     * The stored files of one request.
     *
     * @param folder the folder that contains them
     * @param files the files by input name
     * @param hashes their SHA-256 by input name, in hex
     */
    record StoredUpload(Path folder, Map<String, InputFile> files, Map<String, String> hashes) {
        String hash(String input) {
            return Objects.requireNonNull(hashes.get(input));
        }
    }

    /** An old folder of uploads, and the occurrence whose run reads its files. */
    record OldUpload(Path folder, String occurrence) {}

    /** Stores the files in a new folder, with a file that names their occurrence. */
    StoredUpload store(String occurrence, Map<String, Upload> uploads) {
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
            return new StoredUpload(folder, files, hashes);
        } catch (IOException e) {
            removeIncomplete(folder, e);
            throw new UncheckedIOException("The files of the request could not be stored", e);
        }
    }

    /** Frees the space of an incomplete upload: the disk may be full. */
    private void removeIncomplete(Path folder, IOException reason) {
        try {
            drop(folder);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Removes the files of a request that started no run. */
    void drop(StoredUpload stored) {
        try {
            drop(stored.folder());
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a refused request could not be removed", e);
        }
    }

    /** Removes a folder. The occurrence goes last, so that an interrupted removal is found and repeated. */
    void drop(Path folder) throws IOException {
        for (Path file : list(folder)) {
            if (!file.endsWith(OCCURRENCE)) {
                Files.delete(file);
            }
        }
        FileSystemUtils.deleteRecursively(folder);
    }

    /** The folders that are older and name an occurrence. Other entries do not belong to this service. */
    List<OldUpload> olderThan(Instant time) throws IOException {
        List<OldUpload> old = new ArrayList<>();
        for (Path folder : list(root)) {
            Path occurrence = folder.resolve(OCCURRENCE);
            if (Files.isRegularFile(occurrence, LinkOption.NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(occurrence).toInstant().isBefore(time)) {
                old.add(new OldUpload(folder, Files.readString(occurrence)));
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
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.add(buffer, 0, read);
                out.write(buffer, 0, read);
                work.moved();
            }
        }
        return hash.hex();
    }
}

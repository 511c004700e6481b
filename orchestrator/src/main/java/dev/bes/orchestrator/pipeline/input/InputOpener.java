package dev.bes.orchestrator.pipeline.input;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.pipeline.SharedFolderMissingException;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.remote.blob.BlobReader.Content;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.claim.InputContents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Opens the inputs of scorings: files, blobs and rows. The only class of the pipeline that distinguishes the kinds of sources. */
@Component
public class InputOpener {
    private final FileThreads files;
    private final SharedFolders folders;
    private final BlobReader blobs;
    private final Function<UUID, Optional<byte[]>> contents;
    private final Path definitions;

    @Autowired
    InputOpener(
            FileThreads files,
            SharedFolders folders,
            BlobReader blobs,
            InputContents contents,
            Definitions definitions) {
        this(files, folders, blobs, contents::find, definitions.folder());
    }

    public InputOpener(
            FileThreads files,
            SharedFolders folders,
            BlobReader blobs,
            Function<UUID, Optional<byte[]>> contents,
            Path definitions) {
        this.files = files;
        this.folders = folders;
        this.blobs = blobs;
        this.contents = contents;
        this.definitions = definitions.toAbsolutePath().normalize();
    }

    /** Reads an open input. */
    @FunctionalInterface
    public interface Reading<T, E extends Exception> {
        /** Reads the input; it is closed afterwards. */
        T read(OpenInput input) throws IOException, E;
    }

    /**
     * Opens, reads and closes an input. A file is read on a thread for files, a blob on the calling thread.
     *
     * @throws UnusableInputException if it can't be read, and waiting does not change that
     * @throws SharedFolderMissingException if the folder of the file is missing on this node
     * @throws RemoteException if the blob can't be read for now
     * @throws IOException if the file can't be read for now
     */
    public <T, E extends Exception> T read(InputSource source, Reading<T, E> reading) throws IOException, E {
        return switch (source) {
            case InputFile file -> read(Path.of(file.path()), reading);
            case InputSource.OwnBlob blob -> read(null, blob.blob(), blob.etag(), reading);
            case InputSource.OwnRow row -> reading.read(OpenInput.OfVersion.of(content(row)));
            case InputSource.StoreBlob blob -> read(blob.store(), blob.blob(), blob.etag(), reading);
            case InputSource.Folded folded -> throw new IllegalArgumentException("The inputs of a fold have owners");
        };
    }

    private byte[] content(InputSource.OwnRow row) throws UnusableInputException {
        return contents.apply(row.row())
                .orElseThrow(
                        () -> new UnusableInputException(
                                "is no longer there: it was purged with the run that it came with. Send it with another request"));
    }

    private <T, E extends Exception> T read(Path path, Reading<T, E> reading) throws IOException, E {
        requireRoot(path);
        try {
            return files.call(Use.STAGING, "Reading " + path, () -> {
                // before it is opened, so that a file replaced in between is noticed
                OpenInput.FileVersion version = OpenInput.FileVersion.of(path);
                try (RegularFile file = RegularFile.open(path);
                        InputStream stream = file.stream()) {
                    return reading.read(new OpenInput.OfFile(path, version, file.size(), stream));
                }
            });
        } catch (NoSuchFileException e) {
            throw new UnusableInputException("is no longer there: " + e.getMessage() + where(path));
        } catch (NotRegularFileException e) {
            throw new UnusableInputException(String.valueOf(e.getReason()));
        } catch (IOException e) {
            if (FileErrorMessage.lasts(e)) {
                throw new UnusableInputException("can't be read: " + FileErrorMessage.of(e, "read"));
            }
            throw e;
        }
    }

    /** Triggers accept files from these folders only, so a row with another path was not written by a trigger. */
    private void requireRoot(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        boolean inInputFolder = folders.of(absolute)
                .filter(folder -> folder != SharedFolder.DELIVERY_ROOT)
                .isPresent();
        boolean hasParentStep = StreamSupport.stream(path.spliterator(), false).anyMatch(Path.of("..")::equals);
        if (hasParentStep || (!inInputFolder && !absolute.startsWith(definitions))) {
            throw new IOException(
                    "'%s' is outside of the folders for inputs, so it is not opened: see orchestrator.definitions and %s. If one of them was changed after the run was accepted, restore it; if not, cancel the run"
                            .formatted(path, SharedFolder.DROP_ROOT.setting()));
        }
    }

    /** Proves that the folder is there: only then a file that is not found no longer exists. */
    private String where(Path path) throws IOException {
        SharedFolder folder = folders.of(path).orElse(null);
        if (folder != null && !files.call(Use.STAGING, "Looking for " + path, () -> folders.isThere(folder))) {
            throw new SharedFolderMissingException(folder);
        }
        return folder == null ? "" : ", in the folder of " + folder.setting();
    }

    private <T, E extends Exception> T read(@Nullable String store, String path, String etag, Reading<T, E> reading)
            throws IOException, E {
        try (Content content = open(store, path, etag)) {
            return reading.read(new OpenInput.OfVersion(content.bytes(), content.stream()));
        } catch (RemoteException.Changed e) {
            throw new UnusableInputException(
                    "was changed after the run had been accepted, so nothing was sent to the service. Start another run to have its new content scored. %s"
                            .formatted(e.getMessage()));
        }
    }

    private Content open(@Nullable String store, String path, String etag) throws UnusableInputException {
        try {
            return blobs.open(store, path, etag);
        } catch (RemoteException.NotFound e) {
            throw new UnusableInputException(
                    "is no longer there, so nothing was sent to the service. Put it back and start another run. %s"
                            .formatted(e.getMessage()));
        } catch (RemoteException.Rejected e) {
            throw new UnusableInputException("can't be read: %s".formatted(e.getMessage()));
        }
    }
}

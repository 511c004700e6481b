package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.request.Members;
import java.util.List;

/** Reads and checks the blob references of a submit. */
final class BlobReferences {

    private static final String CONTAINER = "[a-z0-9](-?[a-z0-9]){2,62}";

    private final Blobs blobs;
    private final List<String> extensions;

    /** @param extensions allowed file extensions of datasets */
    BlobReferences(Blobs blobs, List<String> extensions) {
        this.blobs = blobs;
        this.extensions = extensions;
    }

    /** Reads the reference of an input; rejects an empty one as missing. */
    BlobReference input(Members given) {
        if (given.text("ConnectionString") == null && given.text("BaseLocation") == null) {
            throw Problem.MISSING_INPUT_BLOB_INFORMATION.about();
        }
        return output(given);
    }

    /** Reads the reference of an output. */
    BlobReference output(Members given) {
        String relative = given.text("RelativeLocation");
        if (relative == null) {
            throw Problem.INPUT_BLOB_RELATIVE_LOCATION_INVALID.about();
        }
        checkPath(relative);
        BlobReference reference = new BlobReference(
                given.text("ConnectionString"), relative, given.text("BaseLocation"), given.text("SasBlobToken"));
        checkKind(reference);
        if (!extensions.contains(reference.extension())) {
            throw Problem.INVALID_BLOB_EXTENSION.about(relative, String.join(", ", extensions));
        }
        return reference;
    }

    private static void checkPath(String relative) {
        String path = relative.startsWith("/") ? relative.substring(1) : relative;
        int slash = path.indexOf('/');
        if (slash == 0) {
            throw Problem.CONTAINER_IS_EMPTY.about();
        }
        if (slash < 0 || !isContainer(path.substring(0, slash))) {
            throw Problem.CONTAINER_SEGMENT_INVALID.about();
        }
        if (slash == path.length() - 1) {
            throw Problem.INPUT_BLOB_RELATIVE_LOCATION_INVALID.about();
        }
    }

    private static boolean isContainer(String name) {
        return name.length() <= 63 && (name.matches(CONTAINER) || name.equals("$root"));
    }

    private void checkKind(BlobReference reference) {
        String connectionString = reference.connectionString();
        boolean sas = reference.baseLocation() != null && reference.sasBlobToken() != null;
        boolean someSas = reference.baseLocation() != null || reference.sasBlobToken() != null;
        if (connectionString == null ? !sas : someSas) {
            throw Problem.INVALID_BLOB.about(reference.relativeLocation());
        }
        if (connectionString != null) {
            checkConnection(connectionString, reference.relativeLocation());
        }
    }

    private void checkConnection(String connectionString, String relative) {
        try {
            blobs.check(connectionString);
        } catch (RuntimeException e) {
            // the reason may quote the connection string, so it is named by its blob
            throw Problem.INVALID_BLOB_CONNECTION_STRING.about(relative);
        }
    }
}

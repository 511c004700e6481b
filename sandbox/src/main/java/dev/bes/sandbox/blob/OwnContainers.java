package dev.bes.sandbox.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobContainerItem;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.net.URLDecoder;
import java.util.List;
import java.util.regex.Pattern;

/** The containers and folders of the sandbox's own store, opened with its own key. */
public final class OwnContainers {

    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9](-?[a-z0-9]){2,62}");

    private final Blobs blobs;

    /** The containers of the store that these blobs call their own. */
    public OwnContainers(Blobs blobs) {
        this.blobs = blobs;
    }

    /** The name of the store's account. */
    public String account() {
        return blobs.own().account();
    }

    /** The key of the store's account; empty if it is opened by a shared access signature. */
    public String accountKey() {
        return ConnectionString.parse(blobs.own().connectionString())
                .get("AccountKey")
                .orElse("");
    }

    /** The address of the store, without a slash at its end. */
    public String endpoint() {
        return blobs.own().endpoint();
    }

    /** The names of all containers. */
    public List<String> names() {
        return account(blobs).listBlobContainers().stream()
                .map(BlobContainerItem::getName)
                .toList();
    }

    /** Whether there is a container of this name. */
    public boolean has(String container) {
        return CONTAINER.matcher(container).matches()
                && account(blobs).getBlobContainerClient(container).exists();
    }

    /**
     * A blob or folder of a container.
     *
     * @param path the path within the container; slashes around it make no difference
     * @throws IllegalArgumentException when the container's name is none
     */
    public BlobReference at(String container, String path) {
        if (!CONTAINER.matcher(container).matches()) {
            throw new IllegalArgumentException("'" + container + "' is no name of a container");
        }
        return new BlobReference(
                blobs.own().connectionString(), container + "/" + path.replaceAll("^/+|/+$", ""), null, null);
    }

    /**
     * The blob or folder of an address in the sandbox's own store.
     *
     * @param url as {@code https://account.blob.core.windows.net/container/path}
     * @throws UnreachableStore when it means another store
     * @throws IllegalArgumentException when it names no container
     */
    public BlobReference ofUrl(String url) {
        String address = blobs.own().address(url);
        String prefix = endpoint() + "/";
        if (!address.startsWith(prefix)) {
            throw new UnreachableStore("another store than the sandbox's own");
        }
        String path = URLDecoder.decode(address.substring(prefix.length()).replace("+", "%2B"), UTF_8);
        int slash = path.indexOf('/');
        return slash < 0 ? at(path, "") : at(path.substring(0, slash), path.substring(slash + 1));
    }

    /**
     * Whether there is such a blob.
     *
     * @throws BlobStorageException when the store refuses the question
     */
    public boolean hasBlob(BlobReference blob) {
        return !blob.blob().isEmpty() && blobs.client(blob).exists();
    }

    /**
     * The blobs directly in a folder, in the order of their names.
     *
     * @throws BlobStorageException when the store refuses, for instance with 404 for an unknown container
     */
    public List<BlobReference> files(BlobReference folder) {
        String prefix = folder.blob().isEmpty() ? "" : folder.blob() + "/";
        return account(blobs)
                .getBlobContainerClient(folder.container())
                .listBlobsByHierarchy("/", new ListBlobsOptions().setPrefix(prefix), null)
                .stream()
                .filter(item -> !Boolean.TRUE.equals(item.isPrefix()))
                .map(BlobItem::getName)
                .map(name -> at(folder.container(), name))
                .toList();
    }

    private static BlobServiceClient account(Blobs blobs) {
        return blobs.account(blobs.own().connectionString());
    }
}

package dev.bes.sandbox.batchendpoints.job;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.blob.OwnContainers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The datastores of the workspace: each container of the sandbox's own store is one. A datastore's name has no dashes, so an
 * underscore in it means a dash in the container's name.
 */
public final class Datastores {

    /** The name of the default datastore. */
    public static final String DEFAULT = "workspaceblobstore";

    private static final String DEFAULT_CONTAINER = "azureml-blobstore";

    private final Blobs blobs;
    private final OwnContainers containers;

    /** The datastores in this store. */
    public Datastores(Blobs blobs) {
        this.blobs = blobs;
        this.containers = new OwnContainers(blobs);
    }

    /** The store. */
    public OwnContainers containers() {
        return containers;
    }

    /** The names of all datastores, the default one first. */
    public List<String> names() {
        return Stream.concat(
                        Stream.of(DEFAULT),
                        containers.names().stream()
                                .filter(name -> !name.equals(DEFAULT_CONTAINER))
                                .map(name -> name.replace('-', '_')))
                .toList();
    }

    /** The container of a datastore; empty if there is none of that name. */
    public Optional<String> container(String datastore) {
        return Optional.of(containerName(datastore)).filter(name -> datastore.equals(DEFAULT) || containers.has(name));
    }

    /**
     * A file or folder of a datastore, whether it is there or not.
     *
     * @throws IllegalArgumentException when no datastore can have that name
     */
    public BlobReference at(String datastore, String path) {
        return containers.at(containerName(datastore), path);
    }

    /** A file of the default datastore, whose container is made if it is missing. */
    BlobReference inDefault(String path) {
        return blobs.ownLocation(DEFAULT_CONTAINER + "/" + path);
    }

    private static String containerName(String datastore) {
        return datastore.equals(DEFAULT) ? DEFAULT_CONTAINER : datastore.replace('_', '-');
    }
}
